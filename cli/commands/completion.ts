import { argument, defineCommand } from "../framework/command.ts";
import { exitCodes, UsageFailure } from "../context/errors.ts";
import { completionScripts, shells } from "../framework/completion-scripts.ts";
import type { Shell } from "../framework/completion-scripts.ts";

export const completion = defineCommand({
  name: "completion",
  summary: "print a script that completes ./lab in your shell",
  arguments: {
    shell: argument({
      placeholder: "shell",
      help: shells.join(", "),
      suggestions: () => shells,
      read: readShell,
    }),
  },
  options: {},
  details: "Completes commands, options, incident states, stacks, services, scenarios and files.",
  examples: [
    ["source <(./lab completion bash)", "in bash, or in ~/.bashrc with the path of the checkout"],
    ["source <(./lab completion zsh)", "in zsh, after compinit"],
    ["./lab completion fish | source", "in fish"],
  ],
  run({ shell }, context) {
    context.stdout.write(completionScripts[shell]);
    return Promise.resolve(exitCodes.ok);
  },
});

function readShell(name: string): Shell {
  const shell = shells.find((known) => known === name);
  if (shell !== undefined) return shell;
  throw new UsageFailure(`unknown shell "${name}": choose ${shells.join(", ")}`);
}
