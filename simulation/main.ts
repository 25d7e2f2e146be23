/** `./lab signals test`: what became of each scenario and edge; exit code 1 if any failed. */
import "../settings/settings.ts";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sandboxPaths } from "../sandbox/host/paths.ts";
import { run } from "../sandbox/host/run-command.ts";
import { ensurePython } from "../sandbox/toolchain/python/python.ts";
import { type Bench, createBench } from "./replay/simulator.ts";
import { allEdges, edgeDifferences } from "./thresholds/threshold-cases.ts";
import { huntMutants, survivorLines } from "./mutants/mutant-hunt.ts";
import { allScenarios, type Scenario } from "./timeline/scenario.ts";
import { differences } from "./report/compare-expected.ts";

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

async function testEdges(bench: Bench): Promise<boolean> {
  const wrong = await edgeDifferences(bench);
  for (const line of wrong) say(`FAILED ${line}`);
  const monitors = Object.values(allEdges);
  const count = monitors.reduce((sum, edges) => sum + Object.keys(edges).length, 0);
  say(
    `${count} edges of ${monitors.length} monitors, ${wrong.length} sides of them went otherwise`,
  );
  return wrong.length === 0;
}

async function testMutants(bench: Bench, scenarios: readonly Scenario[]): Promise<boolean> {
  const survivors = await huntMutants(bench, scenarios);
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
  const bench = createBench(join(await ensurePython("vrl", site, say), "python"));
  try {
    let passed = 0;
    for (const scenario of scenarios) passed += (await test(bench, scenario)) ? 1 : 0;
    say(`${passed} of ${scenarios.length} scenarios went as expected`);
    const edgesHold = positionals.length > 0 || (await testEdges(bench));
    const allNoticed = !values.mutants || (await testMutants(bench, scenarios));
    return passed === scenarios.length && edgesHold && allNoticed ? 0 : 1;
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
