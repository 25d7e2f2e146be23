import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Context, print } from "../../context/context.ts";
import { Failure } from "../../context/errors.ts";
import { watchInterrupts } from "../../context/interrupts.ts";
import { columns } from "../../framework/columns.ts";
import { printDocument, withoutText } from "../../json/print-document.ts";
import type { IncidentRunDocument } from "../../json/schemas/run.ts";
import { stackHint } from "../../stack/hints.ts";
import { openSession } from "../../stack/stack-session.ts";
import { describeInterrupted, type RunOptions } from "../../incident/run/journal.ts";
import { verdictCodes, type Verdict } from "../../incident/run/phases.ts";
import { performRun, type RunShell } from "../../incident/run/perform-run.ts";
import type { RunResult } from "../../incident/run/result.ts";
import { lockRun, unfinishedRuns } from "../../incident/run/run-files.ts";
import { compareRuns } from "../../incident/report/compare-runs.ts";
import { headline } from "../../incident/report/sections.ts";
import { settleAlerts } from "../../incident/run/settle-alerts.ts";
import { runDocument } from "./run-document.ts";

interface RunRequest {
  readonly state: string;
  readonly stack: string;
  readonly for: number;
  readonly users: number | undefined;
  readonly seed: number;
  readonly holdUntil: string | number | undefined;
  readonly noLoad: boolean;
  readonly repeat: number;
  readonly notify: boolean;
  readonly json: boolean;
}

/** Runs an exercise, once or several times, and says what it found. */
export async function runIncidentRun(request: RunRequest, given: Context): Promise<number> {
  const { stack, json, repeat } = request;
  const context = json ? withoutText(given) : given;
  const { targets } = await openSession({ stack }, context);
  const release = await lockRun(context.root, stack);
  const interrupts = watchInterrupts();
  try {
    await assertNoneCutOff(context.root, stack);
    const config = await readFile(join(context.root, targets.file), "utf8");
    const shell = { context, config, stack, options: optionsOf(request) };
    const results = await performRuns(shell, repeat, interrupts.signal);
    const comparison = repeat > 1 ? compareRuns(results) : undefined;
    if (json) printDocument<IncidentRunDocument>(given, runDocument(stack, results, comparison));
    else for (const line of resultLines(results, comparison)) print(context, line);
    return verdictCodes[worst(results)];
  } finally {
    interrupts.stop();
    await release();
  }
}

/** One run after the other, each on a shop without alerts; ends early where the tool failed. */
async function performRuns(
  shell: RunShell,
  repeat: number,
  interrupted: () => string | undefined,
): Promise<RunResult[]> {
  const { stack, context } = shell;
  const results: RunResult[] = [];
  while (results.length < repeat && interrupted() === undefined) {
    if (results.length > 0) {
      await settleAlerts(await openSession({ stack }, context), interrupted);
    }
    const result = await performRun(shell, interrupted);
    results.push(result);
    if (result.verdict === "broken") break;
  }
  return results;
}

function optionsOf(request: RunRequest): RunOptions {
  const { state, users, seed, holdUntil, noLoad, notify } = request;
  const isTime = typeof holdUntil === "number";
  return {
    incident: state,
    holdSeconds: isTime ? holdUntil : request.for,
    ...(typeof holdUntil === "string" && { until: holdUntil }),
    ...(noLoad ? { users: 0 } : users !== undefined && { users }),
    seed,
    notify,
  };
}

/** @throws Failure where an earlier run was cut off: what it left must be restored first */
async function assertNoneCutOff(root: string, stack: string): Promise<void> {
  const [first] = (await unfinishedRuns(root, stack)).filter(({ running }) => !running);
  if (first === undefined) return;
  throw new Failure(
    `${describeInterrupted(first.record)}; first ./lab incident leave${stackHint(stack)}`,
  );
}

function worst(results: readonly RunResult[]): Verdict {
  const order: readonly Verdict[] = ["broken", "invalid", "valid"];
  return order.find((one) => results.some(({ verdict }) => verdict === one)) ?? "broken";
}

function resultLines(
  results: readonly RunResult[],
  comparison: readonly (readonly string[])[] | undefined,
): string[] {
  const runs = results.flatMap((result) => {
    const rows = headline(result).map(([what, value]) => [what, value]);
    return ["", ...columns([...rows, ["Report", `runs/${result.run}/report.html`]], "")];
  });
  return comparison === undefined ? runs : [...runs, "", ...columns(comparison, "")];
}
