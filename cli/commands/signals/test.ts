import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineCommand, flag, variadicArgument } from "../../framework/command.ts";
import { jsonOption, stackOption } from "../../framework/shared-options.ts";
import { exitCodes, Failure } from "../../context/errors.ts";
import { type Body, printDocument } from "../../json/print-document.ts";
import type { SignalsTestDocument } from "../../json/schemas/tests.ts";
import { openSession } from "../../stack/stack-session.ts";

const scenarioFolder = join("simulation", "scenarios");

export const signalsTest = defineCommand({
  name: "signals test",
  summary: "replay scenarios against the monitors that the stack declares",
  arguments: {
    scenarios: variadicArgument({
      placeholder: "scenario",
      help: `name of a file in ${scenarioFolder} (default: all of them)`,
      suggestions: ({ root }) => scenariosIn(readdirSync(join(root, scenarioFolder))),
    }),
  },
  options: {
    mutants: flag("also change each monitor a little, and list changes that no scenario notices"),
    json: jsonOption,
    stack: stackOption,
  },
  details:
    "Without a scenario, also tests every threshold one step below and one step above. Needs no " +
    "cluster and no Datadog. Exit code 1 if a monitor changes its state at another minute than " +
    "the scenario expects.",
  examples: [
    ["./lab signals test", "replay every scenario"],
    ["./lab signals test payment-down recorded-run", "replay two of them"],
    ["./lab signals test --mutants", "find out how sharp the scenarios are"],
  ],
  async run({ scenarios, mutants, json, stack }, context) {
    const { env } = await openSession({ stack }, context);
    const { run, root, node } = context;
    const program = join("simulation", "main.ts");
    const flags = [...(mutants ? ["--mutants"] : []), ...(json ? ["--json"] : [])];
    const simulation = { file: node, args: [program, ...flags, ...scenarios], cwd: root, env };
    if (!json) return await run.attach(simulation);
    const { code, stdout, stderr } = await run.capture(simulation);
    const result = resultIn(stdout);
    if (result === undefined) throw new Failure(failureText(stderr, code));
    printDocument<SignalsTestDocument>(context, { ok: code === exitCodes.ok, ...result });
    return code;
  },
});

/** What the simulation prints with --json; undefined if it failed before that. */
function resultIn(text: string): Omit<Body<SignalsTestDocument>, "ok"> | undefined {
  try {
    return JSON.parse(text) as Omit<Body<SignalsTestDocument>, "ok">;
  } catch {
    return undefined;
  }
}

function failureText(stderr: string, code: number): string {
  const words = stderr.trim().replace(/^signals test: /, "");
  return words === "" ? `the simulation ended with exit code ${code}` : words;
}

/** Names of the scenarios among the files of their folder. */
function scenariosIn(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();
}
