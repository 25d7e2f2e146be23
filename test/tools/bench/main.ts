/**
 * `make bench`: how long the verbs take, each against plain kubectl with the same objects and against
 * the update of an empty program, how long the program takes to load, against the same program as
 * JavaScript, and what evaluating all monitors and one query of metrics cost. Prints a table, writes
 * every run into bench.json, and is no test: the figures are those of this machine now. Works in a
 * copy of the checkout with a sandbox of its own, which it takes down at the end and after Ctrl-C.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { columns } from "../../../cli/framework/columns.ts";
import { copyCheckout } from "../../support/sandbox/sandbox-copy.ts";
import type { SandboxCopy } from "../../support/sandbox/sandbox-copy.ts";
import { makeEmptyProgram, updateEmptyProgram } from "./empty-program.ts";
import { evaluationCosts } from "./evaluation-bench.ts";
import { KubectlBench } from "./kubectl-bench.ts";
import { queryCosts } from "./query-bench.ts";
import { loadSeconds, precompiled } from "./program-load.ts";
import { outcomeOf, seconds, tableRows } from "./timing.ts";
import type { Comparison } from "./timing.ts";

const rounds = 5;

const stop = new AbortController();
const isStopped = (): boolean => stop.signal.aborted;
for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.on(name, () => {
    stop.abort();
  });
}

/** Runs `lab` and fails with it, so that no failed run counts as a fast one. */
async function lab(copy: SandboxCopy, ...args: string[]): Promise<void> {
  stop.signal.throwIfAborted();
  const { code, stderr } = await copy.lab(...args);
  if (code !== 0) throw new Error(`lab ${args.join(" ")}: exit code ${code}\n${stderr}`);
}

/** Seconds of each verb in one round, ours and kubectl's. */
interface Round {
  readonly ours: Readonly<Record<Verb, number>>;
  readonly theirs: Readonly<Record<Verb, number>>;

  /** An update of a program without resources. */
  readonly empty: number;
}

const verbs = ["up", "no-op", "enter", "leave"] as const;
type Verb = (typeof verbs)[number];

const words: Readonly<Record<Verb, readonly [what: string, against: string]>> = {
  up: ["up from nothing, with cluster", "apply and wait"],
  "no-op": ["up, no changes", "apply again"],
  enter: ["enter", "scale, apply Job, guard"],
  leave: ["leave", "scale, wait, delete both"],
};

async function playRound(copy: SandboxCopy): Promise<Round> {
  const up = await seconds(() => lab(copy, "up"));
  const noOp = await seconds(() => lab(copy, "up"));
  await makeEmptyProgram(copy);
  const empty = await seconds(() => updateEmptyProgram(copy));
  const enter = await seconds(() => lab(copy, "incident", "enter", "payment-down"));
  const plain = new KubectlBench(copy.root, readFileSync(stateFile(copy), "utf8"));
  const leave = await seconds(() => lab(copy, "incident", "leave"));
  const theirs = {
    up: await seconds(() => plain.apply()),
    "no-op": await seconds(() => plain.applyAgain()),
    enter: await seconds(() => plain.enter()),
    leave: await seconds(() => plain.leave()),
  };
  await lab(copy, "down");
  return { ours: { up, "no-op": noOp, enter, leave }, theirs, empty };
}

/** Plays all rounds, or those until Ctrl-C: what was measured by then is still shown. */
async function playRounds(copy: SandboxCopy): Promise<Comparison[]> {
  const played: Round[] = [];
  while (played.length < rounds && !isStopped()) {
    try {
      const round = await playRound(copy);
      played.push(round);
      const figures = verbs.map((verb) => `${verb} ${round.ours[verb].toFixed(1)} s`).join(", ");
      process.stderr.write(`round ${played.length} of ${rounds}: ${figures}\n`);
    } catch (error) {
      if (!isStopped() || played.length === 0) throw error;
    }
  }
  const plain = verbs.map((verb) => ({
    what: words[verb][0],
    against: words[verb][1],
    ours: played.map(({ ours }) => ours[verb]),
    theirs: played.map(({ theirs }) => theirs[verb]),
  }));
  const updates = (["no-op", "enter", "leave"] as const).map((verb) => ({
    what: words[verb][0],
    against: "update of an empty program",
    ours: played.map(({ ours }) => ours[verb]),
    theirs: played.map(({ empty }) => empty),
  }));
  return [...plain, ...updates];
}

function stateFile({ root }: SandboxCopy): string {
  return join(root, ".sandbox", "backend", ".pulumi", "stacks", "sock-shop", "sandbox.json");
}

async function programLoad(copy: SandboxCopy): Promise<Comparison> {
  const compiled = precompiled();
  const env = { ...process.env, NODE_COMPILE_CACHE: join(copy.root, "compile-cache") };
  const typescript = { folder: copy.root, entry: "index.ts", env };
  const javascript = { folder: compiled.folder, entry: "index.js", env };
  try {
    // the first load fills the caches of both
    await loadSeconds(typescript);
    await loadSeconds(javascript);
    const ours: number[] = [];
    const theirs: number[] = [];
    while (ours.length < rounds) {
      ours.push(await loadSeconds(typescript));
      theirs.push(await loadSeconds(javascript));
    }
    return { what: "program load", against: "precompiled by tsc", ours, theirs };
  } finally {
    compiled.remove();
  }
}

function table(rows: readonly (readonly string[])[]): string {
  return columns(rows, "").join("\n");
}

/** Takes the copy away; one whose sandbox does not come down stays, for its logs. */
async function tidyUp(copy: SandboxCopy): Promise<void> {
  const { code, stderr } = await copy.lab("down");
  if (code === 0) copy.remove();
  else process.stderr.write(`${copy.root} is left, as its sandbox is still up:\n${stderr}`);
}

const before = loadavg()[0];
const copy = await copyCheckout();
try {
  const outcomes = [await programLoad(copy), ...(await playRounds(copy))].map(outcomeOf);
  process.stdout.write(`${columns(tableRows(outcomes), "").join("\n")}\n`);
  const evaluation = await evaluationCosts();
  process.stdout.write(`\none evaluation of all monitors, ms\n${table(evaluation)}\n`);
  const query = await queryCosts();
  process.stdout.write(`\na query over an hour and 100 series, ms\n${table(query)}\n`);
  const load = { before, after: loadavg()[0] };
  const machine = { node: process.version, cpus: cpus().length, load };
  const file = join(import.meta.dirname, "..", "..", "..", "bench.json");
  writeFileSync(
    file,
    `${JSON.stringify({ at: new Date(), machine, outcomes, evaluation, query }, undefined, 2)}\n`,
  );
  process.stdout.write(`\nevery run: bench.json; load of the machine ${before} before\n`);
} finally {
  await tidyUp(copy);
}
