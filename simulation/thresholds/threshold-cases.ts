import type { Transition } from "../../sandbox/datadog/evaluation/monitor-state.ts";
import type { Bench } from "../replay/simulator.ts";
import { changes, replay, withMembers } from "../replay/replay.ts";
import type { Scenario } from "../timeline/scenario.ts";
import { startOf } from "../timeline/timeline.ts";
import { causes } from "./causes.ts";
import { type Edges, scenarioOf, type Story } from "./threshold-case.ts";
import { budgets, composites } from "./joined.ts";
import { money, watch } from "./money-and-telemetry.ts";
import { symptoms } from "./symptoms.ts";

/** Every edge of every monitor. */
export const allEdges: Edges = {
  ...causes,
  ...symptoms,
  ...money,
  ...watch,
  ...composites,
  ...budgets,
};

/** Both sides of each edge of one monitor, as scenarios of images that have it. */
export function edgeScenarios(key: string, images: Scenario["images"]): readonly Scenario[] {
  return Object.entries(allEdges[key] ?? {}).flatMap(([name, edge]) =>
    (["before", "beyond"] as const)
      .map((side) => scenarioOf(`${key} ${name} ${side}`, edge[side].story))
      .filter((scenario) => scenario.images === images),
  );
}

/** What one monitor does in a story. */
export async function turnsIn(
  bench: Bench,
  key: string,
  name: string,
  story: Story,
): Promise<{ readonly goes: readonly string[]; readonly turns: readonly Transition[] }> {
  const scenario = scenarioOf(name, story);
  const { monitors } = await bench.declared(scenario.images);
  const monitor = monitors.find((one) => one.key === key);
  if (monitor === undefined) throw new Error(`no monitor ${key} is declared`);
  const replayed = await replay(withMembers(monitor, monitors), await bench.recording(scenario));
  const turns = replayed.transitions.get(key) ?? [];
  return { goes: changes(turns, startOf(scenario)), turns };
}

/** Sides of edges on which a monitor does not do what is listed; one line each. */
export async function edgeDifferences(bench: Bench): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [key, edges] of Object.entries(allEdges)) {
    for (const [name, edge] of Object.entries(edges)) {
      for (const side of ["before", "beyond"] as const) {
        const { goes } = await turnsIn(bench, key, `${key} ${name} ${side}`, edge[side].story);
        const [wanted, went] = [edge[side].goes.join(", "), goes.join(", ")];
        const where = `${key}: ${side} ${name}`;
        if (went !== wanted) found.push(`${where}: expected [${wanted}], but it went [${went}]`);
      }
    }
  }
  return found;
}
