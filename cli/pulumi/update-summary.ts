/** What an update did, from the engine's event log. */
export interface UpdateSummary {
  /** Number of resources per operation, for instance `{ same: 31, update: 1 }`. */
  readonly changes: Readonly<Record<string, number>>;
}

/**
 * Reads an event log (one JSON object a line, as the Automation API does).
 *
 * @returns undefined when the update did not come to its end
 */
export function updateSummary(log: string): UpdateSummary | undefined {
  for (const line of log.split("\n").reverse()) {
    const changes = resourceChanges(line);
    if (changes) return { changes };
  }
  return undefined;
}

/** True when an update left everything as it was. */
export function isNoOp({ changes }: UpdateSummary): boolean {
  return Object.entries(changes).every(([operation, count]) => operation === "same" || count === 0);
}

function resourceChanges(line: string): Record<string, number> | undefined {
  if (!line.includes('"summaryEvent"')) return undefined;
  try {
    const event = JSON.parse(line) as { summaryEvent?: { resourceChanges?: unknown } };
    return event.summaryEvent?.resourceChanges as Record<string, number> | undefined;
  } catch {
    return undefined; // the engine was killed while it wrote this line
  }
}
