import { readEventLog } from "./event-log.ts";

/** What an update did, from the engine's event log. */
export interface UpdateSummary {
  /** Number of resources per operation, for instance `{ same: 31, update: 1 }`. */
  readonly changes: Readonly<Record<string, number>>;
}

/**
 * Reads an event log (one JSON object a line, as the Automation API does).
 *
 * @returns undefined when the update did not finish
 */
export function updateSummary(log: string): UpdateSummary | undefined {
  const changes = readEventLog(log).findLast((event) => event.summaryEvent?.resourceChanges)
    ?.summaryEvent?.resourceChanges;
  return changes && { changes: changes };
}

/** True when an update left everything as it was. */
export function isNoOp({ changes }: UpdateSummary): boolean {
  return Object.entries(changes).every(([operation, count]) => operation === "same" || count === 0);
}
