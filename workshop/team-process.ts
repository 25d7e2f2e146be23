/**
 * Does one thing with the stack of one team, by Pulumi's Automation API. Run by `main.ts`, one process
 * for each: the API runs one program of a process at a time
 * (https://github.com/pulumi/pulumi/issues/5449).
 *
 * It reads a {@link TeamTask} from its standard input. It prints {@link selected} once the stack is
 * selected, which writes a file that all stacks share, and one line with what became of it at its end.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type ConfigMap, LocalWorkspace, Stack } from "@pulumi/pulumi/automation/index.js";
import { parseDocument } from "yaml";
import { failureOf, selected, type TeamTask } from "./task.ts";

/** A team's stack is on somebody's cluster: the policies are checked first. */
const judged = { policyPacks: ["policies"], color: "never" as const };

const task = JSON.parse(await text(process.stdin)) as TeamTask;
try {
  console.log(await run(task));
} catch (error) {
  console.error(failureOf(error));
  process.exitCode = 1;
}

async function run({ root, action, stack: name, base, config }: TeamTask): Promise<string> {
  const workspace = await LocalWorkspace.create({ workDir: root });
  const stack =
    action === "prepare"
      ? await Stack.createOrSelect(name, workspace)
      : await Stack.select(name, workspace);
  console.log(selected);
  switch (action) {
    case "prepare": {
      const secrets = secretsOf(await workspace.getAllConfig(base));
      await writePlain(join(root, `Pulumi.${name}.yaml`), config);
      for (const [key, value] of Object.entries(secrets)) await stack.setConfig(key, value);
      return `prepared, ${Object.keys(secrets).length} secrets`;
    }
    case "preview": {
      const { changeSummary } = await stack.preview(judged);
      return `would: ${counted(changeSummary)}`;
    }
    case "up": {
      const { summary } = await stack.up({ ...judged, suppressOutputs: true });
      return counted(summary.resourceChanges ?? {});
    }
    case "destroy": {
      const { summary } = await stack.destroy({ color: "never" });
      return counted(summary.resourceChanges ?? {});
    }
  }
}

/** The plain values replace those of before; what Pulumi wrote to encrypt secrets with stays. */
async function writePlain(file: string, config: TeamTask["config"]): Promise<void> {
  const document = parseDocument(await readFile(file, "utf8").catch(() => "{}"));
  document.set("config", document.createNode(config));
  await writeFile(file, document.toString());
}

function secretsOf(config: ConfigMap): ConfigMap {
  return Object.fromEntries(Object.entries(config).filter(([, { secret }]) => secret === true));
}

function counted(changes: Readonly<Record<string, number | undefined>>): string {
  return Object.entries(changes)
    .map(([kind, count]) => `${count ?? 0} ${kind}`)
    .join(", ");
}
