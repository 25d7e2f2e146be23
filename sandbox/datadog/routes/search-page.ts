import { randomUUID } from "node:crypto";
import { type Answer, type Call, Refusal } from "../http/handler.ts";
import { momentOf } from "../logs/time.ts";
import { SearchError } from "../search/syntax.ts";

/** What a search of logs or events looks for, and when. */
export interface Filter {
  readonly query?: string;
  readonly from?: string;
  readonly to?: string;
  readonly indexes?: string[];
}

/** A search as its POST form has it. */
export interface SearchBody {
  readonly filter?: Filter;
  readonly sort?: "timestamp" | "-timestamp";
  readonly page?: { readonly cursor?: string; readonly limit?: number };
}

/** A search by the query parameters of its GET form. */
export function searchOfQuery({ query }: Call): SearchBody {
  const { sort } = query;
  if (sort !== undefined && sort !== "timestamp" && sort !== "-timestamp") {
    throw new Refusal(400, `sort is ${JSON.stringify(sort)}: must be timestamp or -timestamp`);
  }
  const indexes = query["filter[indexes]"]?.split(",");
  const limit = query["page[limit]"];
  return {
    filter: given({
      query: query["filter[query]"],
      from: query["filter[from]"],
      to: query["filter[to]"],
      indexes,
    }),
    page: given({
      cursor: query["page[cursor]"],
      limit: limit === undefined ? undefined : Number(limit),
    }),
    ...given({ sort }),
  };
}

/** Without what is undefined. */
function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as ReturnType<typeof given<T>>;
}

const most = 1000;

/** How many a page may have: ten where nothing is said. */
export function pageLimit({ page: { limit = 10 } = {} }: SearchBody): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > most) {
    throw new Refusal(400, `page.limit is ${limit}: must be from 1 to ${most}`);
  }
  return limit;
}

/** The window of a search: the last 15 minutes where nothing is said. */
export function windowOf(
  filter: Filter = {},
  now: Date,
): { readonly query: string; readonly from: number; readonly to: number } {
  const { query = "*", from = "now-15m", to = "now", indexes = ["*"] } = filter;
  const index = indexes.find((name) => name !== "*" && name !== "main");
  if (index !== undefined) {
    throw new Refusal(400, `filter.indexes: the stand-in has no index "${index}", only "main"`);
  }
  const text = query.trim() === "" ? "*" : query;
  return { query: text, from: moment("from", from, now), to: moment("to", to, now) };
}

function moment(name: "from" | "to", text: string, now: Date): number {
  const found = momentOf(text, now.getTime());
  if (found === undefined) {
    const allowed = "now, now-15m, ISO 8601 or milliseconds since 1970";
    throw new Refusal(400, `filter.${name} is ${JSON.stringify(text)}: must be ${allowed}`);
  }
  return found;
}

/** A search that is not understood is a fault of the caller. */
export function understood<T>(search: () => T): T {
  try {
    return search();
  } catch (error) {
    throw error instanceof SearchError ? new Refusal(400, error.message) : error;
  }
}

/** What every answer to a search says of itself. */
export function done(): { elapsed: number; request_id: string; status: "done" } {
  return { elapsed: 0, request_id: randomUUID(), status: "done" };
}

/** One page of what a search finds; `after` is absent on the last one. */
interface SearchPage {
  readonly data: readonly unknown[];
  readonly meta: { readonly page?: { readonly after: string } | undefined };
}

/** A page with the address of the next one, as the GET form has it. */
export function withNextLink(page: SearchPage, call: Call, path: string): Answer {
  const after = page.meta.page?.after;
  if (after === undefined) return { body: page };
  const query = new URLSearchParams({ ...call.query, "page[cursor]": after });
  const next = `http://${call.headers.host ?? "127.0.0.1"}${path}?${query.toString()}`;
  return { body: { ...page, links: { next } } };
}

/** A place in a list as a cursor that only the stand-in can read. */
export function cursorOf(position: object): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/** The whole numbers that a cursor holds. @throws Refusal where it is not one of the stand-in's */
export function readCursor<K extends string>(
  cursor: string | undefined,
  names: readonly K[],
): Readonly<Record<K, number>> | undefined {
  if (cursor === undefined) return undefined;
  try {
    const value = JSON.parse(Buffer.from(cursor, "base64url").toString()) as Record<K, number>;
    if (names.every((name) => Number.isSafeInteger(value[name]))) return value;
  } catch {
    // told below
  }
  throw new Refusal(400, "page.cursor was not issued by the stand-in");
}
