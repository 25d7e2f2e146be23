/** `./lab signals test`: what became of each scenario and threshold; exit code 1 if any failed. */
import "../settings/settings.ts";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sandboxPaths } from "../sandbox/host/paths.ts";
import { run } from "../sandbox/host/run-command.ts";
import { ensurePython } from "../sandbox/toolchain/python/python.ts";
import { type Simulator, createSimulator, syntheticsOf } from "./replay/simulator.ts";
import { thresholdCases, thresholdDifferences } from "./thresholds/threshold-cases.ts";
import { type Hunt, huntMutants, survivorLines } from "./mutants/mutant-hunt.ts";
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

/** What is known at the end, in the shape of `--json`. */
interface Result {
  readonly scenarios: {
    readonly name: string;
    readonly lines: number;
    readonly logs: number;
    readonly differences: readonly string[];
  }[];
  readonly thresholds: Readonly<{
    cases: number;
    monitors: number;
    differences: readonly string[];
  }> | null;
  readonly mutants: Hunt | null;
}

type Print = (line: string) => void;

async function testScenario(simulator: Simulator, scenario: Scenario, print: Print) {
  const { monitors } = await simulator.declared(scenario.images, syntheticsOf(scenario));
  const recording = await simulator.recording(scenario);
  const differences = compareExpected(scenario, monitors, await simulator.replayed(scenario));
  const { name } = scenario;
  const { lines, logs } = recording.counts;
  print(`${differences.length === 0 ? "ok    " : "FAILED"} ${name} (${lines} lines, ${logs} logs)`);
  for (const line of differences) print(`       ${line}`);
  return { name, lines, logs, differences };
}

async function testThresholds(simulator: Simulator, print: Print) {
  const differences = await thresholdDifferences(simulator);
  for (const line of differences) print(`FAILED ${line}`);
  const monitors = Object.values(thresholdCases);
  const cases = monitors.reduce((sum, one) => sum + Object.keys(one).length, 0);
  const { length } = differences;
  print(`${cases} thresholds of ${monitors.length} monitors, ${length} sides of them differ`);
  return { cases, monitors: monitors.length, differences };
}

async function testMutants(simulator: Simulator, scenarios: readonly Scenario[], print: Print) {
  const hunt = await huntMutants(simulator, scenarios);
  for (const line of survivorLines(hunt)) print(line);
  return hunt;
}

function hasPassed({ scenarios, thresholds, mutants }: Result): boolean {
  return (
    scenarios.every(({ differences }) => differences.length === 0) &&
    (thresholds?.differences.length ?? 0) === 0 &&
    (mutants?.unexplained.length ?? 0) === 0
  );
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: {
      mutants: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  const wanted = wantedScenarios(positionals);
  const print: Print = values.json ? () => undefined : say;
  const root = join(import.meta.dirname, "..");
  const site = { paths: sandboxPaths(root, process.env), env: process.env, run };
  const simulator = createSimulator(join(await ensurePython("vrl", site, print), "python"));
  try {
    const scenarios: Result["scenarios"] = [];
    for (const one of wanted) scenarios.push(await testScenario(simulator, one, print));
    const passed = scenarios.filter(({ differences }) => differences.length === 0).length;
    print(`${passed} of ${scenarios.length} scenarios went as expected`);
    const thresholds = positionals.length > 0 ? null : await testThresholds(simulator, print);
    const mutants = values.mutants ? await testMutants(simulator, wanted, print) : null;
    const result: Result = { scenarios, thresholds, mutants };
    if (values.json) say(JSON.stringify(result));
    return hasPassed(result) ? 0 : 1;
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
