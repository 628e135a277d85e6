import { client } from "./client/client.gen";
import { countMeasures, exportIssuesCsv, getIssue, listIssues, listMeasures, listMetrics } from "./client";

declare const process: { argv: string[] };
client.setConfig({ baseUrl: process.argv[2] ?? "http://127.0.0.1:8000" });

// A list, filtered by a code of a vocabulary.
const issues = await listIssues({ query: { topic: ["innovation"], limit: 200 }, throwOnError: true });
console.log(`${issues.data.total} issues about innovation, first: ${issues.data.items[0]?.title}`);

// A facet's value is a value of the filter that has its name.
const counts = await countMeasures({ query: { topic: ["innovation"] }, throwOnError: true });
const commonest = counts.data.facets.kind[0];
if (!commonest) throw new Error("no measures");
const measures = await listMeasures({ query: { topic: ["innovation"], kind: [commonest.value] }, throwOnError: true });
console.log(`commonest kind of their measures: ${commonest.value}, counted ${commonest.count}, listed ${measures.data.total}`);

// One record, with its figures.
const issue = await getIssue({ path: { number: 8 }, throwOnError: true });
for (const metric of issue.data.metrics) console.log(`${metric.value_text}: ${metric.label_en} (${metric.start}–${metric.end})`);

// A list page by page.
const open: string[] = [];
for (let offset = 0, more = true; more; offset += 25) {
  const page = await listMetrics({ query: { limit: 25, offset }, throwOnError: true });
  for (const metric of page.data.items) if (metric.upper === null && metric.lower !== null) open.push(metric.value_text);
  more = page.data.next !== null;
}
console.log(`figures without an upper bound: ${open.join(", ")}`);

// A file.
const file = await exportIssuesCsv({ query: { topic: ["innovation"], fields: ["number", "title_en"] }, throwOnError: true });
console.log(`columns: ${file.data.split("\r\n")[0]}`);

// An error.
const refused = await listIssues({ query: { limit: 0 } });
if (!refused.error) throw new Error("limit 0 is refused");
const [first] = refused.error.errors;
console.log(`${refused.error.status}: ${first?.name} allows ${first?.allowed?.join(", ")}`);
