import type { Finding, GroupState } from "../state/group-state.ts";
import type { SyntheticsRun } from "./data.ts";

/** When a synthetic test alerts: https://docs.datadoghq.com/synthetics/guide/how-synthetics-monitors-trigger-alerts/ */
export interface SyntheticsRule {
  /** How long a location must have failed without a pass in between. */
  readonly failingSeconds: number;

  /** How many locations must have failed for so long. */
  readonly locations: number;
}

/**
 * What the runs of a test say: it alerts once enough locations have failed for long enough, and
 * recovers once none fails. In between it stays as it was; without a run there is no data.
 */
export function findingOfRuns(
  { failingSeconds, locations }: SyntheticsRule,
  runs: readonly SyntheticsRun[],
  { now, before }: { readonly now: number; readonly before: GroupState | undefined },
): Finding {
  const known = runs.filter(({ at }) => at <= now);
  if (known.length === 0) return { kind: "missing" };
  const streaks = [...new Set(known.map(({ location }) => location))].map((location) =>
    failingSince(known.filter((run) => run.location === location)),
  );
  const failing = streaks.filter((since) => since !== undefined);
  const longEnough = failing.filter((since) => now - since >= failingSeconds * 1000);
  if (longEnough.length >= locations) return { kind: "status", status: "Alert" };
  if (failing.length === 0) return { kind: "status", status: "OK" };
  const status = before?.status === "Alert" ? "Alert" : "OK";
  return { kind: "status", status };
}

/** Since when each run of a location failed; undefined where the last one passed. */
function failingSince(runs: readonly SyntheticsRun[]): number | undefined {
  const pass = runs.findLastIndex(({ passed }) => passed);
  return runs[pass + 1]?.at;
}
