import { readdirSync } from "node:fs";
import { flag, option } from "./command.ts";

/** The stack that `lab` works on when none is named. */
export const defaultStack = "sandbox";

export const stackOption = option({
  short: "s",
  placeholder: "name",
  help: `stack to work on (default: ${defaultStack})`,
  suggestions: ({ root }) => stacksIn(readdirSync(root)),
  read: (name) => name ?? defaultStack,
});

export const dryRunOption = flag("print the commands instead of running them");

export const diffOption = flag("show every property that changes");

export const jsonOption = flag("print one JSON document (docs/json.md); errors are JSON, too");

/** Names of the stacks whose configuration files are among these files, in order. */
function stacksIn(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []).sort();
}
