import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineCommand, flag, variadicArgument } from "../../framework/command.ts";
import { jsonOption, stackOption } from "../../framework/shared-options.ts";

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
  run: async (given, context) =>
    (await import("../../actions/signals/test.ts")).runSignalsTest(given, context),
});

/** Names of the scenarios among the files of their folder. */
function scenariosIn(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();
}
