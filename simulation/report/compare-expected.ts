import type { DeclaredMonitor } from "../declared/declared.ts";
import { wrongRecoveries } from "./recoveries.ts";
import type { Replayed } from "../replay/replay.ts";
import { changes } from "../replay/replay.ts";
import type { Scenario } from "../timeline/scenario.ts";
import { startOf } from "../timeline/timeline.ts";

/** What a scenario expects of its monitors but did not find; one line for each difference. */
export function compareExpected(
  scenario: Scenario,
  monitors: readonly DeclaredMonitor[],
  replayed: Replayed,
): readonly string[] {
  const { name, expect } = scenario;
  const keys = monitors.map(({ key }) => key);
  const unknown = Object.keys(expect).filter((key) => !keys.includes(key));
  return [
    ...unknown.map((key) => `${name}: expect.${key}: no such monitor is declared`),
    ...[...replayed.notEvaluated].map(([key, why]) => `${name}: ${key} is not evaluated: ${why}`),
    ...keys.flatMap((key) => {
      const found = changes(replayed.transitions.get(key) ?? [], startOf(scenario)).join(", ");
      const wanted = (expect[key] ?? []).join(", ");
      return found === wanted
        ? []
        : [`${name}: ${key}: expected [${wanted}], but it went [${found}]`];
    }),
    ...whyNotNotified(scenario, monitors, replayed),
    ...wrongRecoveries(monitors, replayed, startOf(scenario)).map((one) => `${name}: ${one}`),
  ];
}

/** When each monitor first notifies of a problem: the earliest first, then by priority. */
export function firstNotified(
  monitors: readonly DeclaredMonitor[],
  { transitions }: Replayed,
  from: number,
): readonly (readonly [key: string, at: number])[] {
  return [...monitors]
    .sort((a, b) => a.priority - b.priority)
    .flatMap(({ key, notifies }) => {
      const turn = transitions.get(key)?.find(({ at, notification }) => {
        const isNotified =
          (notification === "triggered" && notifies.alert) ||
          (notification === "no data" && notifies.noData);
        return at >= from && isNotified;
      });
      return turn === undefined ? [] : [[key, turn.at] as const];
    })
    .sort(([, a], [, b]) => a - b);
}

function whyNotNotified(
  scenario: Scenario,
  monitors: readonly DeclaredMonitor[],
  replayed: Replayed,
): readonly string[] {
  const { name, fault } = scenario;
  const start = startOf(scenario);
  if (fault === undefined || fault.within === "never") {
    const why =
      fault === undefined ? "nothing is wrong" : "the fault is declared too small to notify";
    return firstNotified(monitors, replayed, start).map(([key, at]) => {
      return `${name}: ${key} notifies at minute ${(at - start) / 60_000}: ${why}`;
    });
  }
  const begins = start + fault.from;
  const [first] = firstNotified(monitors, replayed, begins);
  if (first !== undefined && first[1] <= begins + fault.within) return [];
  const when = first === undefined ? "never" : `only after ${(first[1] - begins) / 60_000} minutes`;
  return [
    `${name}: the first notification comes ${when}, the budget is ${fault.within / 60_000} minutes`,
  ];
}
