import { join } from "node:path";
import { type Command, type OptionSpec, stackOption } from "../../framework/command.ts";
import { openSession } from "../../stack/stack-session.ts";

const mutantsOption: OptionSpec = {
  name: "mutants",
  help: "also change each monitor a little, and list the changes that no scenario notices",
};

export const signalsTest: Command = {
  name: "signals test",
  summary: "replay scenarios against the monitors that the stack declares",
  words: [],
  more: "scenario",
  options: [mutantsOption, stackOption],
  details:
    "Scenarios are the files in simulation/scenarios; without a name all of them are replayed, and every\n" +
    "threshold is tried one step before and beyond. Needs no cluster and no Datadog. Exit code 1 when\n" +
    "a monitor changes its status at another minute.",
  examples: [
    ["./lab signals test", "every scenario"],
    ["./lab signals test payment-down recorded-run", "two of them"],
    ["./lab signals test --mutants", "how sharp the scenarios are"],
  ],
  async run(invocation, context) {
    const { env } = await openSession(invocation, context);
    const { run, root, node } = context;
    const program = join("simulation", "main.ts");
    const switches = invocation.switches.has(mutantsOption.name) ? ["--mutants"] : [];
    const args = [program, ...switches, ...invocation.words];
    return await run.attach({ file: node, args, cwd: root, env });
  },
};
