import { join } from "node:path";
import * as z from "zod";
import type { Simulator } from "../replay/simulator.ts";
import type { DeclaredMonitor } from "../declared/declared.ts";
import { thresholdScenarios } from "../thresholds/threshold-cases.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import { changes, replay, withMembers } from "../replay/replay.ts";
import type { Scenario } from "../timeline/scenario.ts";
import { startOf } from "../timeline/timeline.ts";
import { readYaml } from "../timeline/yaml-file.ts";

/** What came of all mutants. */
export interface Hunt {
  readonly tried: number;
  /** Mutants that no scenario or threshold case noticed, without a known reason: `monitor: change`. */
  readonly unexplained: readonly string[];
  /** Those with a reason, which follows them. */
  readonly explained: readonly string[];
  /** Mutants that have a reason, but are noticed or not made. */
  readonly stale: readonly string[];
}

const reasonSchema = z.array(
  z.strictObject({
    /** Each of them with each of the changes. */
    monitors: z.array(z.string()).min(1),
    changes: z.array(z.string()).min(1),
    reason: z.string().min(20),
  }),
);

const reasonsFile = join(import.meta.dirname, "unnoticed-mutants.yaml");

/** Why a mutant may go unnoticed, by `monitor: change`. */
export function knownReasons(file: string): ReadonlyMap<string, string> {
  return new Map(
    readYaml(file, reasonSchema).flatMap(({ monitors, changes: listed, reason }) =>
      monitors.flatMap((key) => listed.map((change) => [`${key}: ${change}`, reason] as const)),
    ),
  );
}

/** Changes each monitor in every way, and looks for a scenario or threshold case that shows it. */
export async function huntMutants(
  simulator: Simulator,
  scenarios: readonly Scenario[],
  reasons = knownReasons(reasonsFile),
): Promise<Hunt> {
  const hunt = { tried: 0, unexplained: [] as string[], explained: [] as string[] };
  const stale = new Set(reasons.keys());
  const judged = new Set<string>();
  for (const images of new Set(scenarios.map((scenario) => scenario.images))) {
    const { monitors } = await simulator.declared(images);
    const own = scenarios.filter((scenario) => scenario.images === images);
    // What several sets declare is judged in the first one: that stands for the others.
    for (const monitor of monitors.filter(({ key }) => !judged.has(key))) {
      judged.add(monitor.key);
      const tried = [
        ...(await likeliestFirst(simulator, own, monitor.key)),
        ...thresholdScenarios(monitor.key, images),
      ];
      for (const mutant of mutantsOf(monitor)) {
        hunt.tried += 1;
        if (await isNoticed(simulator, { mutant, monitor, monitors }, tried)) continue;
        const name = `${monitor.key}: ${mutant.change}`;
        const reason = reasons.get(name);
        stale.delete(name);
        if (reason === undefined) hunt.unexplained.push(name);
        else hunt.explained.push(`${name} – ${reason}`);
      }
    }
  }
  return { ...hunt, stale: [...stale] };
}

/** What a hunt found, for people. */
export function survivorLines({ tried, unexplained, explained }: Hunt): readonly string[] {
  const noticed = tried - unexplained.length - explained.length;
  return [
    `${noticed} of ${tried} mutants show in a scenario or threshold case, ${explained.length} do not for a known reason`,
    ...explained.map((mutant) => `not noticed ${mutant}`),
    ...unexplained.map((mutant) => `NOT NOTICED ${mutant}`),
  ];
}

/** Where a monitor does something a change of it shows sooner. */
async function likeliestFirst(simulator: Simulator, scenarios: readonly Scenario[], key: string) {
  const done = await Promise.all(scenarios.map((scenario) => simulator.changes(scenario, key)));
  const ranked = scenarios.map((scenario, index) => ({ scenario, isQuiet: done[index] === "" }));
  return ranked
    .toSorted((a, b) => Number(a.isQuiet) - Number(b.isQuiet))
    .map(({ scenario }) => scenario);
}

interface Case {
  readonly mutant: Mutant;
  readonly monitor: DeclaredMonitor;
  readonly monitors: readonly DeclaredMonitor[];
}

async function isNoticed(simulator: Simulator, one: Case, scenarios: readonly Scenario[]) {
  const { monitor, mutant, monitors } = one;
  const needed = withMembers(mutant.monitor, monitors);
  for (const scenario of scenarios) {
    const [before, after] = [
      await simulator.changes(scenario, monitor.key),
      await replay(needed, await simulator.recording(scenario)),
    ];
    const start = startOf(scenario);
    const found = changes(after.transitions.get(monitor.key) ?? [], start).join();
    if (after.notEvaluated.has(monitor.key) || found !== before) return true;
  }
  return false;
}
