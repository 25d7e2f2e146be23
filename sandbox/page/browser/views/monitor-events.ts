import { get } from "../api/client.ts";
import type { Event } from "../api/shapes.ts";

interface Answer {
  readonly events: readonly Event[];
}

/** The notifications of all monitors over the last `spanMs`, the newest first. */
export async function eventsByMonitor(
  spanMs: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, readonly Event[]>> {
  const events = await eventsOf("source:monitor", spanMs, signal);
  const byMonitor = new Map<number, Event[]>();
  for (const event of events) {
    const id = event.monitor_id ?? 0;
    byMonitor.set(id, [...(byMonitor.get(id) ?? []), event]);
  }
  return byMonitor;
}

/** Events that carry a tag. */
export async function eventsOf(
  tag: string,
  spanMs: number,
  signal: AbortSignal,
): Promise<readonly Event[]> {
  const now = Date.now();
  const start = Math.floor((now - spanMs) / 1000);
  const end = Math.ceil(now / 1000);
  const path = `/api/v1/events?start=${start}&end=${end}&tags=${encodeURIComponent(tag)}`;
  return (await get<Answer>(path, signal)).events;
}
