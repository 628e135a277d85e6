import { createClient, get, iterate, ProblemError } from "@zhenggai/client";

declare const process: { argv: string[] };
const zhenggai = createClient(process.argv[2] ?? "http://127.0.0.1:8000");

// A list, filtered by a code of a vocabulary.
const issues = await get(zhenggai, "/issues", { query: { topic: ["innovation"], limit: 200 } });
console.log(`${issues.total} issues about innovation, first: ${issues.items[0]?.title}`);

// A facet's value is a value of the filter that has its name.
const counts = await get(zhenggai, "/measures/facets", { query: { topic: ["innovation"] } });
const commonest = counts.facets.kind[0];
if (!commonest) throw new Error("no measures");
const measures = await get(zhenggai, "/measures", { query: { topic: ["innovation"], kind: [commonest.value] } });
console.log(`commonest kind of their measures: ${commonest.value}, counted ${commonest.count}, listed ${measures.total}`);

// One record, with its figures.
const issue = await get(zhenggai, "/issues/{number}", { path: { number: 8 } });
for (const metric of issue.metrics) console.log(`${metric.value_text}: ${metric.label_en} (${metric.start}–${metric.end})`);

// A list, page by page.
const open: string[] = [];
for await (const metric of iterate(zhenggai, "/metrics")) {
  if (metric.upper === null && metric.lower !== null) open.push(metric.value_text);
}
console.log(`figures without an upper bound: ${open.join(", ")}`);

// A file.
const file = await get(zhenggai, "/issues.csv", { query: { topic: ["innovation"], fields: ["number", "title_en"] } });
console.log(`columns: ${file.split("\r\n")[0]}`);

// An error.
try {
  // @ts-expect-error: there is no such code
  await get(zhenggai, "/issues", { query: { topic: ["innovatoin"] } });
} catch (error) {
  if (!(error instanceof ProblemError)) throw error;
  console.log(`${error.status}: did you mean ${error.suggestion}?`);
}

let count = 0;
for await (const numeral of iterate(zhenggai, "/numerals")) count += numeral.text ? 1 : 0;
console.log(count);
