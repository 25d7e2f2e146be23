import { post } from "../api/client.ts";
import type { FoundEvent, Page } from "../api/shapes.ts";
import type { Window } from "../time/range.ts";
import { isRecord, type Expand } from "./requests.ts";

/** The searches of the events that a graph shows behind its curves. */
export function overlaySearches(events: unknown, expand: Expand): readonly string[] {
  if (!Array.isArray(events)) return [];
  return (events as readonly unknown[]).flatMap((one) => {
    const query = isRecord(one) ? one["q"] : undefined;
    return typeof query === "string" ? [expand(query)] : [];
  });
}

/** Events that a search finds, the newest first. */
export async function foundEvents(
  query: string,
  { from, to }: Window,
  options: { readonly limit: number; readonly signal: AbortSignal },
): Promise<readonly FoundEvent[]> {
  const filter = { query, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const body = { filter, sort: "-timestamp", page: { limit: options.limit } };
  const { data } = await post<Page<FoundEvent>>("/api/v2/events/search", body, options.signal);
  return data;
}
