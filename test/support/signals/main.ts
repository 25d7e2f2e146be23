/** `./lab signals test`: prints what became of each scenario; exit code 1 if any failed. */
import "../../../settings.ts";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sandboxPaths } from "../../../sandbox/paths.ts";
import { run } from "../../../sandbox/run.ts";
import { ensurePython } from "../../../sandbox/toolchain/python.ts";
import { type Bench, createBench } from "./bench.ts";
import { huntMutants, survivorLines } from "./mutant-hunt.ts";
import { allScenarios, type Scenario } from "./scenario.ts";
import { differences } from "./verdict.ts";

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** @throws one line when a name is of no scenario */
function wantedScenarios(names: readonly string[]): readonly Scenario[] {
  const all = allScenarios();
  const odd = names.find((name) => !all.some((scenario) => scenario.name === name));
  if (odd !== undefined) {
    const known = all.map(({ name }) => name).join(", ");
    throw new Error(`no scenario "${odd}"; there are ${known}`);
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

async function test(bench: Bench, scenario: Scenario): Promise<boolean> {
  const { monitors } = await bench.declared(scenario.images);
  const recording = await bench.recording(scenario);
  const wrong = differences(scenario, monitors, await bench.replayed(scenario));
  const { lines, logs } = recording.counts;
  say(
    `${wrong.length === 0 ? "ok    " : "FAILED"} ${scenario.name} (${lines} lines, ${logs} logs)`,
  );
  for (const line of wrong) say(`       ${line}`);
  return wrong.length === 0;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { mutants: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const scenarios = wantedScenarios(positionals);
  const root = join(import.meta.dirname, "..", "..", "..");
  const site = { paths: sandboxPaths(root, process.env), env: process.env, run };
  const bench = createBench(join(await ensurePython("vrl", site, say), "python"));
  try {
    let passed = 0;
    for (const scenario of scenarios) passed += (await test(bench, scenario)) ? 1 : 0;
    say(`${passed} of ${scenarios.length} scenarios went as expected`);
    const survivors = values.mutants ? await huntMutants(bench, scenarios) : undefined;
    for (const line of survivors ? survivorLines(survivors) : []) say(line);
    return passed === scenarios.length && (survivors?.unexplained.length ?? 0) === 0 ? 0 : 1;
  } finally {
    await bench.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`signals test: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
