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

type Answer = Promise<readonly FoundEvent[]>;

const asked = new WeakMap<AbortSignal, Map<string, Answer>>();
const sharedMs = 1000;

/** The same for the graphs of one board, which ask for the same events at the same time: asked once. */
export function sharedEvents(
  query: string,
  window: Window,
  options: { readonly limit: number; readonly signal: AbortSignal },
): Answer {
  const { limit, signal } = options;
  const known = asked.get(signal) ?? new Map<string, Answer>();
  asked.set(signal, known);
  const [from, to] = [window.from, window.to].map((at) => Math.round(at / sharedMs));
  const key = JSON.stringify([query, limit, from, to]);
  const answer = known.get(key) ?? foundEvents(query, window, options);
  known.set(key, answer);
  setTimeout(() => known.delete(key), sharedMs);
  return answer;
}
