import { Topic, countMeasures, exportIssuesCsv, getIssue, listIssues, listMeasures, listMetrics } from "./zhenggai";

// A list, filtered by a code of a vocabulary.
const issues = await listIssues({ topic: [Topic.innovation], limit: 200 });
if (issues.status !== 200) throw new Error(`status ${issues.status}`);
console.log(`${issues.data.total} issues about innovation, first: ${issues.data.items[0]?.title}`);

// A facet's value is a value of the filter that has its name.
const counts = await countMeasures({ topic: [Topic.innovation] });
if (counts.status !== 200) throw new Error(`status ${counts.status}`);
const commonest = counts.data.facets.kind[0];
if (!commonest) throw new Error("no measures");
const measures = await listMeasures({ topic: [Topic.innovation], kind: [commonest.value] });
if (measures.status !== 200) throw new Error(`status ${measures.status}`);
console.log(`commonest kind of their measures: ${commonest.value}, counted ${commonest.count}, listed ${measures.data.total}`);

// One record, with its figures.
const issue = await getIssue(8);
if (issue.status !== 200) throw new Error(`status ${issue.status}`);
for (const metric of issue.data.metrics) console.log(`${metric.value_text}: ${metric.label_en} (${metric.start}–${metric.end})`);

// A list page by page.
const open: string[] = [];
for (let offset = 0, more = true; more; offset += 25) {
  const page = await listMetrics({ limit: 25, offset });
  if (page.status !== 200) throw new Error(`status ${page.status}`);
  for (const metric of page.data.items) if (metric.upper === null && metric.lower !== null) open.push(metric.value_text);
  more = page.data.next !== null;
}
console.log(`figures without an upper bound: ${open.join(", ")}`);

// A file.
const file = await exportIssuesCsv({ topic: [Topic.innovation], fields: ["number", "title_en"] });
if (file.status !== 200) throw new Error(`status ${file.status}`);
console.log(`columns: ${file.data.split("\r\n")[0]}`);

// An error.
const refused = await listIssues({ limit: 0 });
if (refused.status !== 422) throw new Error("limit 0 is refused");
const [first] = refused.data.errors;
console.log(`${refused.status}: ${first?.name} allows ${first?.allowed?.join(", ")}`);
