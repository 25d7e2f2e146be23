/**
 * `make bench`: how long the verbs take, each against plain kubectl with the same objects, and how
 * long the program takes to load, against the same program as JavaScript. Prints a table, keeps
 * nothing, and is no test: the figures are those of this machine now.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { columns } from "../../cli/help.ts";
import { copyCheckout } from "../support/sandbox-copy.ts";
import type { SandboxCopy } from "../support/sandbox-copy.ts";
import { KubectlBench } from "./kubectl-bench.ts";
import { loadSeconds, precompiled } from "./program-load.ts";
import { comparisonRow, seconds } from "./timing.ts";
import type { Comparison } from "./timing.ts";

const rounds = 5;
const times = Array.from({ length: rounds }, (_, index) => index);

/** Runs `lab` and fails with it, so that no failed run counts as a fast one. */
async function lab(copy: SandboxCopy, ...args: string[]): Promise<void> {
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

const copy = await copyCheckout();
try {
  const comparisons = [await programLoad(copy), ...(await verbs(copy))];
  const head = ["median of 5", "s", "against", "s", "ratio"];
  const table = columns([head, ...comparisons.map(comparisonRow)], "");
  process.stdout.write(`${table.join("\n")}\n`);
} finally {
  await copy.lab("down");
  copy.remove();
}
