/** `./lab signals test`: what became of each scenario and threshold; exit code 1 if any failed. */
import "../settings/settings.ts";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sandboxPaths } from "../sandbox/host/paths.ts";
import { run } from "../sandbox/host/run-command.ts";
import { ensurePython } from "../sandbox/toolchain/python/python.ts";
import { type Simulator, createSimulator } from "./replay/simulator.ts";
import { thresholdCases, thresholdDifferences } from "./thresholds/threshold-cases.ts";
import { huntMutants, survivorLines } from "./mutants/mutant-hunt.ts";
import { allScenarios, type Scenario } from "./timeline/scenario.ts";
import { compareExpected } from "./report/compare-expected.ts";

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

async function test(simulator: Simulator, scenario: Scenario): Promise<boolean> {
  const { monitors } = await simulator.declared(scenario.images);
  const recording = await simulator.recording(scenario);
  const wrong = compareExpected(scenario, monitors, await simulator.replayed(scenario));
  const { lines, logs } = recording.counts;
  say(
    `${wrong.length === 0 ? "ok    " : "FAILED"} ${scenario.name} (${lines} lines, ${logs} logs)`,
  );
  for (const line of wrong) say(`       ${line}`);
  return wrong.length === 0;
}

async function testThresholds(simulator: Simulator): Promise<boolean> {
  const wrong = await thresholdDifferences(simulator);
  for (const line of wrong) say(`FAILED ${line}`);
  const monitors = Object.values(thresholdCases);
  const count = monitors.reduce((sum, cases) => sum + Object.keys(cases).length, 0);
  say(`${count} thresholds of ${monitors.length} monitors, ${wrong.length} sides of them differ`);
  return wrong.length === 0;
}

async function testMutants(simulator: Simulator, scenarios: readonly Scenario[]): Promise<boolean> {
  const survivors = await huntMutants(simulator, scenarios);
  for (const line of survivorLines(survivors)) say(line);
  return survivors.unexplained.length === 0;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { mutants: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const scenarios = wantedScenarios(positionals);
  const root = join(import.meta.dirname, "..");
  const site = { paths: sandboxPaths(root, process.env), env: process.env, run };
  const simulator = createSimulator(join(await ensurePython("vrl", site, say), "python"));
  try {
    let passed = 0;
    for (const scenario of scenarios) passed += (await test(simulator, scenario)) ? 1 : 0;
    say(`${passed} of ${scenarios.length} scenarios went as expected`);
    const thresholdsHold = positionals.length > 0 || (await testThresholds(simulator));
    const allNoticed = !values.mutants || (await testMutants(simulator, scenarios));
    return passed === scenarios.length && thresholdsHold && allNoticed ? 0 : 1;
  } finally {
    await simulator.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`signals test: ${(error as Error).message}\n`);
  process.exitCode = 1;
}
