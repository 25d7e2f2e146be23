import type { FoundLog } from "../../sandbox/datadog/evaluation/values/data.ts";
import type { LogEvent } from "../../sandbox/datadog/logs/log-event.ts";
import type { LogIndex } from "../declared/declared.ts";

interface Hit extends FoundLog {
  readonly event: LogEvent;
}

/**
 * What a search finds of the logs that an index holds: all that its filter takes, but for what its
 * exclusion filters leave out. Metrics are counted from all logs, before it.
 *
 * @param search - finds all logs
 */
export async function searchIn<Found extends Hit>(
  { filter, exclusions }: LogIndex,
  query: string,
  search: (query: string) => Promise<readonly Found[]>,
): Promise<readonly Found[]> {
  const leftOut = await Promise.all(exclusions.map((one) => search(`${filter} ${one}`)));
  const keyOf = ({ event }: Found) => `${event.id} ${event.timestamp}`;
  const gone = new Set(leftOut.flat().map(keyOf));
  return (await search(`${filter} (${query})`)).filter((found) => !gone.has(keyOf(found)));
}
