/**
 * Prepares, deploys and destroys the stacks of many teams that share a cluster and an account. Run in
 * `./lab shell`; docs/workshop.md says how.
 */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { parse } from "yaml";
import { readArguments, type WorkshopArguments } from "./arguments.ts";
import { selected, type TeamTask } from "./task.ts";
import { baseProblem, type PlainConfig, teamConfig, teamStack } from "./team-config.ts";

const root = join(import.meta.dirname, "..");

/** How one team's process ended. */
interface Outcome {
  readonly stack: string;
  readonly failed: boolean;
  readonly line: string;
}

/** One at a time: who waits here goes on when all before it have let go. */
let turn = Promise.resolve();

run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`workshop: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : ""}`);
  process.exitCode = 1;
});

async function run(args: readonly string[]): Promise<void> {
  const wanted = readArguments(args);
  const base = await configOf(wanted.base);
  const problem = baseProblem(base, wanted.base);
  if (problem !== undefined) throw new Error(problem);
  const workspace = await LocalWorkspace.create({ workDir: root });
  const before = await workspace.stack();
  const outcomes = await allTeams(wanted, base);
  if (before !== undefined) await workspace.selectStack(before.name);
  const failed = outcomes.filter((outcome) => outcome.failed);
  console.log(`${outcomes.length - failed.length} of ${outcomes.length} teams: ${wanted.action}`);
  if (failed.length > 0) process.exitCode = 1;
}

async function allTeams(wanted: WorkshopArguments, base: PlainConfig): Promise<Outcome[]> {
  const { action, firstNodePort } = wanted;
  const waiting = Array.from({ length: wanted.teams }, (_, index): TeamTask => {
    const plan = { number: index + 1, firstNodePort };
    const config = teamConfig(base, plan);
    return { root, action, stack: teamStack(plan), base: wanted.base, config };
  });
  const outcomes: Outcome[] = [];
  // what creates stacks and writes their files is done one by one
  const workers = action === "prepare" ? 1 : wanted.jobs;
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const outcome = await teamProcess(task);
      outcomes.push(outcome);
      const print = outcome.failed ? console.error : console.log;
      print(`${outcome.stack}: ${outcome.failed ? "failed: " : ""}${outcome.line}`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return outcomes;
}

/** Runs one team's process; the next one is started when this one has selected its stack. */
async function teamProcess(task: TeamTask): Promise<Outcome> {
  let letGo = (): void => undefined;
  const before = turn;
  turn = new Promise((resolve) => {
    letGo = resolve;
  });
  await before;
  const program = join(import.meta.dirname, "team-process.ts");
  const child = spawn(process.execPath, [program], { cwd: root, stdio: "pipe" });
  child.stdin.end(JSON.stringify(task));
  let line = "";
  createInterface(child.stdout).on("line", (text) => {
    if (text === selected) letGo();
    else line = text;
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const code = await new Promise<number>((ended, failed) => {
    child.once("error", failed);
    child.once("close", (status) => {
      ended(status ?? 1);
    });
  }).finally(letGo);
  const failed = code !== 0;
  const why = errors.trim().split("\n").at(-1) ?? "";
  return { stack: task.stack, failed, line: failed ? why : line };
}

async function configOf(stack: string): Promise<PlainConfig> {
  const file = `Pulumi.${stack}.yaml`;
  const text = await readFile(join(root, file), "utf8").catch(() => undefined);
  if (text === undefined)
    throw new Error(`no stack "${stack}" (${file}); name another with --base`);
  const { config } = parse(text) as { config?: PlainConfig };
  return config ?? {};
}
