import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type AgentState, type Batch, type WireLog, writeState } from "./agent-state.ts";
import { type FileFollower, followFile } from "./file-follower.ts";
import type { IntakeClient } from "./intake-client.ts";
import type { LogSource } from "./pod-tags.ts";

export interface LogAgentOptions {
  /** The log files of the containers that are known by now, by path. */
  readonly sources: () => ReadonlyMap<string, LogSource>;
  readonly stateFile: string;
  readonly state: AgentState;
  readonly intake: Pick<IntakeClient, "logs">;
  readonly signal: AbortSignal;
  readonly onProblem: (reason: string) => void;
}

/** Since the start of this process. */
export interface LogFigures {
  /** As the containers wrote them. */
  lines: number;
  bytes: number;
  /** As they were sent: after the rules. */
  logs: number;
  sentBytes: number;
}

/** Datadog takes at most so many logs and, before compression, so many bytes in one request. */
const mostLogs = 500;
const mostBytes = 2 * 1024 * 1024;
const idleMs = 250;

/** Sends the lines of all files until `signal` ends it; every line once, over restarts too. */
export async function runLogAgent(options: LogAgentOptions, figures: LogFigures): Promise<void> {
  const { state, intake, signal, stateFile } = options;
  const followers = new Map<string, FileFollower>();
  const add = (file: string, from: AgentState["files"][string]): void => {
    followers.set(file, followFile(file, from, options.onProblem));
  };
  Object.entries(state.files).forEach(([file, from]) => {
    add(file, from);
  });
  await sendAll(state.unsent, intake);
  let written = "";

  while (!signal.aborted) {
    for (const [file, source] of options.sources()) {
      if (!followers.has(file)) add(file, { source });
    }
    const { logs, hasMore } = await harvest(followers, figures);
    const files = Object.fromEntries([...followers].map(([file, one]) => [file, one.state()]));
    const unsent = batchesOf(logs);
    const text = JSON.stringify(files);
    if (unsent.length > 0 || text !== written) await writeState(stateFile, { files, unsent });
    written = text;
    await sendAll(unsent, intake);
    figures.logs += logs.length;
    figures.sentBytes += logs.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0);
    if (!hasMore) await sleep(idleMs, undefined, { signal }).catch(() => undefined);
  }
}

/** One look at every file. */
async function harvest(
  followers: ReadonlyMap<string, FileFollower>,
  figures: LogFigures,
): Promise<{ logs: WireLog[]; hasMore: boolean }> {
  const harvests = await Promise.all([...followers.values()].map((one) => one.read(Date.now())));
  harvests.forEach(({ lines, bytes }) => {
    figures.lines += lines;
    figures.bytes += bytes;
  });
  return {
    logs: harvests.flatMap(({ logs }) => logs),
    hasMore: harvests.some((one) => one.hasMore),
  };
}

async function sendAll(
  batches: readonly Batch[],
  intake: LogAgentOptions["intake"],
): Promise<void> {
  for (const batch of batches) await intake.logs(batch);
}

/** The logs in requests that the intake takes. */
function batchesOf(logs: readonly WireLog[]): Batch[] {
  const batches: { id: string; logs: WireLog[] }[] = [];
  let bytes = Infinity;
  for (const log of logs) {
    const size = Buffer.byteLength(JSON.stringify(log));
    let last = batches.at(-1);
    if (last === undefined || bytes + size > mostBytes || last.logs.length >= mostLogs) {
      last = { id: randomUUID(), logs: [] };
      batches.push(last);
      bytes = 0;
    }
    last.logs.push(log);
    bytes += size;
  }
  return batches;
}
