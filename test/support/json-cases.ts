import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import type { World } from "./cli.ts";
import { asking, loadJob, monitor, payment, previewLog } from "./preview-log.ts";
import { checkpoint, deployed, liveCluster, stateFile } from "./sandbox/deployed-stack.ts";

/** Writes an event log for every preview; the monitor differs from what it was in each state. */
export function previewing({ moved }: { readonly moved: boolean }): World["answer"] {
  let seen = 0;
  return (line, { args }) => {
    if (line.startsWith("git merge-base")) return { stdout: "0123456789abcdef\n" };
    if (args[0] !== "preview") return {};
    const after = (flag: string) => args[args.indexOf(flag) + 1] ?? "";
    const text = args.includes("--config-file") ? readFileSync(after("--config-file"), "utf8") : "";
    const config = (parse(text) as { config?: Record<string, string> } | null)?.config ?? {};
    const state = config["sock-shop:incident"] ?? "none";
    seen += 1;
    const shown = [
      asking(payment, { spec: { replicas: seen } }),
      asking(monitor, { query: moved ? state : "" }),
      ...(state === "none" ? [] : [loadJob]),
    ];
    writeFileSync(after("--event-log"), previewLog(shown));
    return {};
  };
}

const drifted: World["answer"] = (_, { args }) => {
  const log = args[args.indexOf("--event-log") + 1] ?? "";
  const urn = "urn:pulumi:sandbox::sock-shop::kubernetes:apps/v1:Deployment::catalogue";
  const inputs = (replicas: number) => ({ inputs: { spec: { replicas } } });
  const metadata = { op: "update", urn, type: "t", old: inputs(2), new: inputs(1) };
  const event = { metadata: { ...metadata, diffs: ["spec.replicas"], detailedDiff: null } };
  const summary = { summaryEvent: { result: "succeeded" } };
  writeFileSync(
    log,
    [{ resourcePreEvent: event }, summary].map((it) => JSON.stringify(it)).join("\n"),
  );
  return {};
};

const unchanged: World["answer"] = (_, { args }) => {
  writeFileSync(args[args.indexOf("--event-log") + 1] ?? "", previewLog([payment]));
  return {};
};

const nothingRuns = { findCluster: () => Promise.resolve(undefined) };

const simulated = (differences: readonly string[]) => {
  const scenarios = [{ name: "a", lines: 1, logs: 1, differences }];
  return JSON.stringify({ scenarios, thresholds: null, mutants: null });
};

/** A command with --json in a world, and how it ends. */
interface Case {
  readonly argv: string;
  readonly when: string;
  readonly code: 0 | 1;
  readonly world: World;
}

export const cases: readonly Case[] = [
  { argv: "status", when: "everything runs", code: 0, world: { files: deployed } },
  { argv: "status", when: "the cluster does not run", code: 1, world: { sandbox: nothingRuns } },
  {
    argv: "incident status",
    when: "all agree",
    code: 0,
    world: { files: deployed, answer: () => ({ stdout: liveCluster(1) }) },
  },
  {
    argv: "incident status",
    when: "payment is scaled",
    code: 1,
    world: { files: deployed, answer: () => ({ stdout: liveCluster(3) }) },
  },
  { argv: "incident status", when: "nothing is deployed", code: 1, world: {} },
  {
    argv: "incident status",
    when: "the cluster does not answer",
    code: 1,
    world: { files: deployed, answer: () => ({ code: 1 }) },
  },
  { argv: "incident overdue", when: "no incident is on", code: 0, world: { files: deployed } },
  {
    argv: "incident overdue",
    when: "one was left on",
    code: 1,
    world: { files: { [stateFile]: checkpoint("payment-down") } },
  },
  {
    argv: "signals test a",
    when: "all is as expected",
    code: 0,
    world: { answer: () => ({ stdout: simulated([]) }) },
  },
  {
    argv: "signals test a",
    when: "a monitor differs",
    code: 1,
    world: { answer: () => ({ code: 1, stdout: simulated(["x"]) }) },
  },
  {
    argv: "drift",
    when: "nothing drifted",
    code: 0,
    world: { files: deployed, answer: unchanged },
  },
  {
    argv: "drift",
    when: "a Deployment drifted",
    code: 1,
    world: { files: deployed, answer: drifted },
  },
  { argv: "contract", when: "it holds", code: 0, world: { files: deployed } },
  { argv: "contract", when: "it is broken", code: 1, world: { files: deployed } },
  {
    argv: "doctor",
    when: "a tool is missing",
    code: 1,
    world: {
      sandbox: {
        inspectToolchain: () =>
          Promise.resolve([{ name: "etcd", ready: false, version: "3", where: "missing" }]),
      },
    },
  },
  { argv: "doctor -s dev", when: "nothing is missing", code: 0, world: {} },
];
