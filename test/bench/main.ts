/**
 * `make bench`: how long the verbs take, each against plain kubectl with the same objects, and how
 * long the program takes to load, against the same program as JavaScript. Prints a table, writes
 * every run into bench.json, and is no test: the figures are those of this machine now. Works in a
 * copy of the checkout with a sandbox of its own, which it takes down at the end and after Ctrl-C.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { columns } from "../../cli/help.ts";
import { copyCheckout } from "../support/sandbox-copy.ts";
import type { SandboxCopy } from "../support/sandbox-copy.ts";
import { KubectlBench } from "./kubectl-bench.ts";
import { loadSeconds, precompiled } from "./program-load.ts";
import { outcomeOf, seconds, tableRows } from "./timing.ts";
import type { Comparison } from "./timing.ts";

const rounds = 5;
const times = Array.from({ length: rounds }, (_, index) => index);

let stopped = false;
for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.on(name, () => {
    stopped = true;
  });
}

/** Runs `lab` and fails with it, so that no failed run counts as a fast one. */
async function lab(copy: SandboxCopy, ...args: string[]): Promise<void> {
  if (stopped) throw new Error("stopped");
  const { code, stderr } = await copy.lab(...args);
  if (code !== 0) throw new Error(`lab ${args.join(" ")}: exit code ${code}\n${stderr}`);
}

async function verbs(copy: SandboxCopy): Promise<Comparison[]> {
  const up: number[] = [];
  const noOp: number[] = [];
  const enter: number[] = [];
  const leave: number[] = [];
  const kubectl = { apply: [], again: [], scaleDown: [], scaleUp: [] } as Record<string, number[]>;
  for (const round of times) {
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
    up.push(await seconds(() => lab(copy, "up")));
    noOp.push(await seconds(() => lab(copy, "up")));
    enter.push(await seconds(() => lab(copy, "incident", "enter", "payment-down")));
    const state = readFileSync(stateFile(copy), "utf8");
    leave.push(await seconds(() => lab(copy, "incident", "leave")));
    const plain = new KubectlBench(copy.root, state);
    kubectl["apply"]?.push(await seconds(() => plain.apply()));
    kubectl["again"]?.push(await seconds(() => plain.applyAgain()));
    kubectl["scaleDown"]?.push(await seconds(() => plain.enter()));
    kubectl["scaleUp"]?.push(await seconds(() => plain.leave()));
    await lab(copy, "down");
  }
  const theirs = (name: string): number[] => kubectl[name] ?? [];
  return [
    {
      what: "up from nothing, with cluster",
      against: "apply and wait",
      ours: up,
      theirs: theirs("apply"),
    },
    { what: "up, no changes", against: "apply again", ours: noOp, theirs: theirs("again") },
    { what: "enter", against: "scale, apply Job", ours: enter, theirs: theirs("scaleDown") },
    { what: "leave", against: "scale, wait, delete Job", ours: leave, theirs: theirs("scaleUp") },
  ];
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

/** Takes the copy away; one whose sandbox does not come down stays, for its logs. */
async function tidyUp(copy: SandboxCopy): Promise<void> {
  const { code, stderr } = await copy.lab("down");
  if (code === 0) copy.remove();
  else process.stderr.write(`${copy.root} is left, as its sandbox is still up:\n${stderr}`);
}

const before = loadavg()[0];
const copy = await copyCheckout();
try {
  const outcomes = [await programLoad(copy), ...(await verbs(copy))].map(outcomeOf);
  process.stdout.write(`${columns(tableRows(outcomes), "").join("\n")}\n`);
  const load = { before, after: loadavg()[0] };
  const machine = { node: process.version, cpus: cpus().length, load };
  const file = join(import.meta.dirname, "..", "..", "bench.json");
  writeFileSync(file, `${JSON.stringify({ at: new Date(), machine, outcomes }, undefined, 2)}\n`);
  process.stdout.write(`\nevery run: bench.json; load of the machine ${before} before\n`);
} finally {
  await tidyUp(copy);
}
