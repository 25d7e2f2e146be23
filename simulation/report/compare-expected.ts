import type { DeclaredMonitor } from "../declared/declared.ts";
import { mistoldEnds } from "./recoveries.ts";
import type { Replayed } from "../replay/replay.ts";
import { changes } from "../replay/replay.ts";
import type { Scenario } from "../timeline/scenario.ts";
import { startOf } from "../timeline/timeline.ts";

/** What a scenario expects of its monitors but did not find; one line for each difference. */
export function differences(
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
    ...whyNotTold(scenario, monitors, replayed),
    ...mistoldEnds(monitors, replayed, startOf(scenario)).map((one) => `${name}: ${one}`),
  ];
}

/** When each monitor first tells somebody of a problem: the earliest first, then by priority. */
export function firstTold(
  monitors: readonly DeclaredMonitor[],
  { transitions }: Replayed,
  from: number,
): readonly (readonly [key: string, at: number])[] {
  return [...monitors]
    .sort((a, b) => a.priority - b.priority)
    .flatMap(({ key, tells }) => {
      const turn = transitions.get(key)?.find(({ at, notification }) => {
        const isTold =
          (notification === "triggered" && tells.alert) ||
          (notification === "no data" && tells.noData);
        return at >= from && isTold;
      });
      return turn === undefined ? [] : [[key, turn.at] as const];
    })
    .sort(([, a], [, b]) => a - b);
}

function whyNotTold(
  scenario: Scenario,
  monitors: readonly DeclaredMonitor[],
  replayed: Replayed,
): readonly string[] {
  const { name, fault } = scenario;
  const start = startOf(scenario);
  if (fault === undefined || fault.within === "never") {
    const why = fault === undefined ? "nothing is wrong" : "the fault is taken for too small";
    return firstTold(monitors, replayed, start).map(([key, at]) => {
      return `${name}: ${key} tells somebody at minute ${(at - start) / 60_000}: ${why}`;
    });
  }
  const begins = start + fault.from;
  const [first] = firstTold(monitors, replayed, begins);
  if (first !== undefined && first[1] <= begins + fault.within) return [];
  const when = first === undefined ? "never" : `only after ${(first[1] - begins) / 60_000} minutes`;
  return [`${name}: somebody is told ${when}, the budget is ${fault.within / 60_000} minutes`];
}
