import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import type { Bench } from "./bench.ts";
import type { DeclaredMonitor } from "./declared.ts";
import { edgeScenarios } from "./edges/table.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import { changes, replay, withMembers } from "./replay.ts";
import { type Scenario, scenarioFolder } from "./scenario.ts";
import { startOf } from "./timeline.ts";

/** What came of all mutants. */
export interface Hunt {
  readonly tried: number;
  /** Mutants that neither a scenario nor an edge noticed and that nobody gave a reason for: `monitor: change`. */
  readonly unexplained: readonly string[];
  readonly explained: readonly string[];
  /** Reasons that no mutant needs any more. */
  readonly stale: readonly string[];
}

const reasonSchema = z.array(
  z.strictObject({
    /** `*` for every monitor. */
    monitors: z.union([z.literal("*"), z.array(z.string()).min(1)]),
    changes: z.array(z.string()).min(1),
    reason: z.string().min(20),
  }),
);

type Reason = z.infer<typeof reasonSchema>[number];

const reasonsFile = join(scenarioFolder, "..", "unnoticed-mutants.yaml");

/** Changes each monitor in every way, and looks for a scenario or an edge in which that shows. */
export async function huntMutants(bench: Bench, scenarios: readonly Scenario[]): Promise<Hunt> {
  const reasons = reasonSchema.parse(parse(readFileSync(reasonsFile, "utf8")));
  const used = new Set<Reason>();
  const hunt = { tried: 0, unexplained: [] as string[], explained: [] as string[] };
  for (const images of new Set(scenarios.map((scenario) => scenario.images))) {
    const { monitors } = await bench.declared(images);
    const own = scenarios.filter((scenario) => scenario.images === images);
    const judged = images === "weave" ? monitors : monitors.filter(isOfThisSetOnly);
    for (const monitor of judged) {
      for (const mutant of mutantsOf(monitor)) {
        hunt.tried += 1;
        const tried = [...own, ...edgeScenarios(monitor.key, images)];
        if (await isNoticed(bench, { mutant, monitor, monitors }, tried)) continue;
        const reason = reasons.find((one) => explains(one, monitor.key, mutant.change));
        if (reason === undefined) hunt.unexplained.push(`${monitor.key}: ${mutant.change}`);
        else hunt.explained.push(`${monitor.key}: ${mutant.change}`);
        if (reason !== undefined) used.add(reason);
      }
    }
  }
  const stale = reasons.filter((one) => !used.has(one)).map((one) => one.reason);
  return { ...hunt, stale };
}

/** What a hunt found, for people. */
export function survivorLines({ tried, unexplained, explained }: Hunt): readonly string[] {
  const noticed = tried - unexplained.length - explained.length;
  return [
    `${noticed} of ${tried} mutants show in a scenario or at an edge, ${explained.length} do not for a known reason`,
    ...unexplained.map((mutant) => `NOT NOTICED ${mutant}`),
  ];
}

/** The sets share their monitors but for this one, so that one set stands for both. */
function isOfThisSetOnly({ key }: DeclaredMonitor): boolean {
  return key === "orders-payment-failed-status";
}

function explains({ monitors, changes: listed }: Reason, key: string, change: string): boolean {
  return (monitors === "*" || monitors.includes(key)) && listed.includes(change);
}

interface Case {
  readonly mutant: Mutant;
  readonly monitor: DeclaredMonitor;
  readonly monitors: readonly DeclaredMonitor[];
}

async function isNoticed(bench: Bench, one: Case, scenarios: readonly Scenario[]) {
  const { monitor, mutant, monitors } = one;
  const needed = withMembers(mutant.monitor, monitors);
  for (const scenario of scenarios) {
    const [before, after] = [
      await bench.changes(scenario, monitor.key),
      await replay(needed, await bench.recording(scenario)),
    ];
    const start = startOf(scenario);
    const found = changes(after.transitions.get(monitor.key) ?? [], start).join();
    if (after.notEvaluated.has(monitor.key) || found !== before) return true;
  }
  return false;
}
