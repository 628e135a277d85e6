import type { components, paths } from "./api";

type Problem = components["schemas"]["Problem"];
type Get<Path extends keyof paths> = paths[Path]["get"];
type Query<Path extends keyof paths> = Get<Path>["parameters"]["query"];
type Answer<Path extends keyof paths> = Get<Path>["responses"][200]["content"] extends { "application/json": infer Body } ? Body : never;

declare const process: { argv: string[] };
const base = process.argv[2] ?? "http://127.0.0.1:8000";

class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

async function get<Path extends keyof paths>(path: Path, query?: Query<Path>, keys: Record<string, string | number> = {}): Promise<Answer<Path>> {
  const address = Object.entries(keys).reduce((found, [name, key]) => found.replace(`{${name}}`, String(key)), path as string);
  const url = new URL(address, base);
  for (const [name, values] of Object.entries(query ?? {}))
    for (const value of [values].flat()) url.searchParams.append(name, String(value));
  const response = await fetch(url);
  if (!response.ok) throw new Refused((await response.json()) as Problem);
  return (await response.json()) as Answer<Path>;
}

const issues = await get("/issues", { topic: ["innovation"], limit: 200 });
console.log(`${issues.total} issues are about innovation`);

const issue = await get("/issues/{number}", undefined, { number: 8 });
for (const metric of issue.metrics) console.log(`${metric.value_text}: ${metric.label_en} (${metric.start}–${metric.end})`);

let offset = 0;
const atLeast: string[] = [];
for (;;) {
  const page = await get("/metrics", { limit: 25, offset });
  for (const metric of page.items) if (metric.upper === null && metric.lower !== null) atLeast.push(metric.value_text);
  if (page.next === null) break;
  offset += page.limit;
}
console.log(`figures without an upper bound: ${atLeast.join(", ")}`);

try {
  await get("/issues", { limit: 0 });
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  const [slip] = error.problem.errors;
  console.log(`${error.problem.status}: ${slip?.name} allows ${slip?.allowed?.join(", ")}`);
}
