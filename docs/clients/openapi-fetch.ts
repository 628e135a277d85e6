import createClient from "openapi-fetch";
import type { paths } from "./api";

declare const process: { argv: string[] };
const client = createClient<paths>({ baseUrl: process.argv[2] ?? "http://127.0.0.1:8000" });

// A list, filtered by a code of a vocabulary.
const issues = await client.GET("/issues", { params: { query: { topic: ["innovation"], limit: 200 } } });
if (issues.error) throw new Error(issues.error.detail);
console.log(`${issues.data.total} issues about innovation, first: ${issues.data.items[0]?.title}`);

// A facet's value is a value of the filter that has its name.
const counts = await client.GET("/measures/facets", { params: { query: { topic: ["innovation"] } } });
if (counts.error) throw new Error(counts.error.detail);
const commonest = counts.data.facets.kind[0];
if (!commonest) throw new Error("no measures");
const measures = await client.GET("/measures", { params: { query: { topic: ["innovation"], kind: [commonest.value] } } });
if (measures.error) throw new Error(measures.error.detail);
console.log(`commonest kind of their measures: ${commonest.value}, counted ${commonest.count}, listed ${measures.data.total}`);

// One record, with its figures.
const issue = await client.GET("/issues/{number}", { params: { path: { number: 8 } } });
if (issue.error) throw new Error(issue.error.detail);
for (const metric of issue.data.metrics) console.log(`${metric.value_text}: ${metric.label_en} (${metric.start}–${metric.end})`);

// A list page by page.
const open: string[] = [];
for (let offset = 0, more = true; more; offset += 25) {
  const page = await client.GET("/metrics", { params: { query: { limit: 25, offset } } });
  if (page.error) throw new Error(page.error.detail);
  for (const metric of page.data.items) if (metric.upper === null && metric.lower !== null) open.push(metric.value_text);
  more = page.data.next !== null;
}
console.log(`figures without an upper bound: ${open.join(", ")}`);

// A file.
const file = await client.GET("/issues.csv", {
  params: { query: { topic: ["innovation"], fields: ["number", "title_en"] } },
  parseAs: "text",
});
if (file.error) throw new Error(file.error.detail);
console.log(`columns: ${file.data.split("\r\n")[0]}`);

// An error.
const refused = await client.GET("/issues", { params: { query: { limit: 0 } } });
if (!refused.error) throw new Error("limit 0 is refused");
const [first] = refused.error.errors;
console.log(`${refused.error.status}: ${first?.name} allows ${first?.allowed?.join(", ")}`);
