/** A typed client of Zhenggai: the types of its OpenAPI document, and openapi-fetch. */
import createFetchClient, { type Client as FetchClient, type ClientOptions } from "openapi-fetch";
import type { components, paths } from "./api.js";

export type { components, paths };

/** The client of openapi-fetch, for the requests that `get` does not cover. */
export type Client = FetchClient<paths>;
export type Schemas = components["schemas"];
export type Problem = Schemas["Problem"];
export type Notice = Schemas["NoticeDetail"];
export type Issue = Schemas["Issue"];
export type Measure = Schemas["Measure"];
export type Metric = Schemas["Metric"];

/** An address of the API, as in its document: `/issues/{number}`. */
export type Address = keyof paths;
type Operation<A extends Address> = paths[A]["get"];
type Parameters<A extends Address> = Operation<A> extends { parameters: infer P } ? P : never;
type Values<P, Place extends string> = P extends { [K in Place]?: infer V } ? Exclude<V, undefined> : never;
type Content<A extends Address> = Operation<A> extends { responses: { 200: { content: infer C } } } ? C : never;

/** The query that an address takes. */
export type Query<A extends Address> = Values<Parameters<A>, "query">;
/** The keys in an address. */
export type Keys<A extends Address> = Values<Parameters<A>, "path">;
/** What an address answers: an object where that is JSON, else a text. */
export type Data<A extends Address> = Content<A> extends { "application/json": infer J } ? J : string;
/** The addresses of lists. */
export type ListAddress = { [A in Address]: Data<A> extends { items: unknown[]; next: string | null } ? A : never }[Address];
/** What a list holds. */
export type Item<A extends ListAddress> = Data<A> extends { items: (infer I)[] } ? I : never;

/** What a request takes: keys where the address has some, a query where one is needed. */
export type Request<A extends Address> = ([Keys<A>] extends [never] ? { path?: never } : { path: Keys<A> }) &
  ([Query<A>] extends [never] ? { query?: never } : {} extends Query<A> ? { query?: Query<A> } : { query: Query<A> }) & {
    signal?: AbortSignal;
  };
type Arguments<A extends Address> = {} extends Request<A> ? [request?: Request<A>] : [request: Request<A>];

/** An answer of the API that is an error, with its problem document (RFC 9457). */
export class ProblemError extends Error {
  override readonly name = "ProblemError";

  constructor(readonly problem: Problem) {
    super(problem.detail);
  }

  get status(): number {
    return this.problem.status;
  }

  /** What was wrong, one by one, with what is allowed. */
  get errors(): Problem["errors"] {
    return this.problem.errors;
  }

  /** The nearest thing that exists, of the first error that has one. */
  get suggestion(): string | null {
    return this.errors.find((error) => error.suggestion !== null)?.suggestion ?? null;
  }
}

/** A client of the API at an address. */
export function createClient(baseUrl: string, options: Omit<ClientOptions, "baseUrl"> = {}): Client {
  return createFetchClient<paths>({ ...options, baseUrl });
}

/** What the API answers at an address; throws a `ProblemError` where it is an error. */
export async function get<A extends Address>(client: Client, address: A, ...[request]: Arguments<A>): Promise<Data<A>> {
  const { path, query, signal } = (request ?? {}) as { path?: object; query?: object; signal?: AbortSignal };
  // What the types above say of each address can't be said of all at once.
  const send = client.GET as unknown as (address: string, init: object) => Promise<{ response: Response; error?: unknown }>;
  const { response, error } = await send(address, { params: { path, query }, parseAs: "stream", signal: signal ?? null });
  if (!response.ok) {
    const problem = typeof error === "string" ? undefined : error;
    if (problem && response.headers.get("Content-Type")?.startsWith("application/problem+json")) {
      throw new ProblemError(problem as Problem);
    }
    throw new Error(`${response.status} ${response.statusText}`);
  }
  const json = response.headers.get("Content-Type")?.startsWith("application/json");
  return (json ? await response.json() : await response.text()) as Data<A>;
}

/** The items of a list, read page by page as they are asked for. */
export async function* iterate<A extends ListAddress>(client: Client, address: A, query?: Omit<Query<A>, "limit" | "offset">): AsyncGenerator<Item<A>, void, undefined> {
  for (let offset = 0, more = true; more; ) {
    const request = { query: { ...query, limit: 200, offset } } as unknown as Request<A>;
    const page = (await get(client, address, ...([request] as unknown as Arguments<A>))) as { items: Item<A>[]; next: string | null };
    yield* page.items;
    offset += page.items.length;
    more = page.next !== null;
  }
}
