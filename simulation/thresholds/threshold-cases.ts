import type { Transition } from "../../sandbox/datadog/evaluation/state/monitor-state.ts";
import type { Simulator } from "../replay/simulator.ts";
import { changes, replay, withMembers } from "../replay/replay.ts";
import type { Scenario } from "../timeline/scenario.ts";
import { startOf } from "../timeline/timeline.ts";
import { causes } from "./causes.ts";
import { type ThresholdCases, scenarioOf, type Story } from "./threshold-case.ts";
import { budgets, composites } from "./joined.ts";
import { money, watch } from "./money-and-telemetry.ts";
import { symptoms } from "./symptoms.ts";

/** Every threshold of every monitor. */
export const thresholdCases: ThresholdCases = {
  ...causes,
  ...symptoms,
  ...money,
  ...watch,
  ...composites,
  ...budgets,
};

/** Both sides of each threshold of one monitor, as scenarios of images that have it. */
export function thresholdScenarios(key: string, images: Scenario["images"]): readonly Scenario[] {
  return Object.entries(thresholdCases[key] ?? {}).flatMap(([name, oneCase]) =>
    (["before", "beyond"] as const)
      .map((side) => scenarioOf(`${key} ${name} ${side}`, oneCase[side].story))
      .filter((scenario) => scenario.images === images),
  );
}

/** What one monitor does in a story. */
export async function turnsIn(
  simulator: Simulator,
  key: string,
  name: string,
  story: Story,
): Promise<{ readonly goes: readonly string[]; readonly turns: readonly Transition[] }> {
  const scenario = scenarioOf(name, story);
  const { monitors } = await simulator.declared(scenario.images);
  const monitor = monitors.find((one) => one.key === key);
  if (monitor === undefined) throw new Error(`no monitor ${key} is declared`);
  const replayed = await replay(
    withMembers(monitor, monitors),
    await simulator.recording(scenario),
  );
  const turns = replayed.transitions.get(key) ?? [];
  return { goes: changes(turns, startOf(scenario)), turns };
}

/** Sides of thresholds on which a monitor does not do what is listed; one line each. */
export async function thresholdDifferences(simulator: Simulator): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [key, cases] of Object.entries(thresholdCases)) {
    for (const [name, oneCase] of Object.entries(cases)) {
      for (const side of ["before", "beyond"] as const) {
        const { goes } = await turnsIn(
          simulator,
          key,
          `${key} ${name} ${side}`,
          oneCase[side].story,
        );
        const [wanted, went] = [oneCase[side].goes.join(", "), goes.join(", ")];
        const where = `${key}: ${side} ${name}`;
        if (went !== wanted) found.push(`${where}: expected [${wanted}], but it went [${went}]`);
      }
    }
  }
  return found;
}
