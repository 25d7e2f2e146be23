import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type AgentState,
  type Batch,
  type FollowedFile,
  type WireLog,
  writeState,
} from "./agent-state.ts";
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
  /** Time until what failed is tried again, in milliseconds. @default 1000 */
  readonly retryMs?: number;
  /** Time after which a pod that is gone is forgotten, in milliseconds. @default 60000 */
  readonly forgetAfterMs?: number;
}

/** Since the start of this process. */
export interface LogFigures {
  /** As the containers wrote them. */
  lines: number;
  bytes: number;
  /** As they were sent: after the rules. */
  logs: number;
  sentBytes: number;
  /** Lines that were removed before they could be read. */
  missed: number;
  /** Logs that the intake refused. */
  refused: number;
  /** Why nothing is sent right now. */
  problem?: string;
}

/** The most logs and, before compression, the most bytes that Datadog takes in one request. */
const mostLogs = 500;
const mostBytes = 2 * 1024 * 1024;
const idleMs = 250;

/** Sends the lines of all files until `signal` ends it; every line once, over restarts too. */
export async function runLogAgent(options: LogAgentOptions, figures: LogFigures): Promise<void> {
  const { state, intake, signal, stateFile } = options;
  const files = followedFiles(options);
  const keepTrying = retrier(options, figures);
  await sendAll(state.unsent, intake);
  let written = "";

  while (!signal.aborted) {
    files.update(Date.now());
    const { logs, hasMore } = await files.harvest(figures);
    const remembered = files.state();
    const unsent = batchesOf(logs);
    const text = JSON.stringify(remembered);
    if (unsent.length > 0 || text !== written) {
      // what was read is sent only once it is noted: else an end right now would send it twice
      await keepTrying(() => writeState(stateFile, { files: remembered, unsent }));
    }
    written = text;
    await sendAll(unsent, intake);
    figures.logs += logs.length;
    figures.sentBytes += logs.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0);
    if (!hasMore) await sleep(idleMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Repeats a task until it succeeds or the agent ends, and says so once. */
function retrier({ signal, onProblem, retryMs = 1_000 }: LogAgentOptions, figures: LogFigures) {
  return async (task: () => Promise<void>): Promise<void> => {
    for (;;) {
      try {
        await task();
        if (figures.problem !== undefined) onProblem("logs are sent again");
        delete figures.problem;
        return;
      } catch (error) {
        const problem = `no logs are sent: ${(error as Error).message}`;
        if (figures.problem !== problem) onProblem(`${problem}; trying again`);
        figures.problem = problem;
        await sleep(retryMs, undefined, { signal });
      }
    }
  };
}

interface Followed {
  readonly follower: FileFollower;
  /** Since when its pod is gone or its file cannot be read. */
  goneAt?: number;
  unreadable?: string;
}

/** The files of all pods that there are, and of those that were there until a moment ago. */
function followedFiles(options: LogAgentOptions) {
  const { sources, onProblem, forgetAfterMs = 60_000 } = options;
  const all = new Map<string, Followed>();
  const add = (file: string, from: FollowedFile): void => {
    all.set(file, { follower: followFile(file, from, onProblem) });
  };
  for (const [file, from] of Object.entries(options.state.files)) add(file, from);

  const read = async (file: string, one: Followed) => {
    try {
      const found = await one.follower.read(Date.now());
      if (found.lines > 0) delete one.goneAt;
      delete one.unreadable;
      return [found];
    } catch (error) {
      // one file that cannot be read must not keep the others from being sent
      const { message } = error as Error;
      if (one.unreadable !== message) onProblem(`${file} cannot be read: ${message}`);
      one.unreadable = message;
      return [];
    }
  };
  return {
    update: (now: number): void => {
      const known = sources();
      for (const [file, source] of known) if (!all.has(file)) add(file, { source });
      for (const [file, one] of all) {
        if (known.has(file)) delete one.goneAt;
        else one.goneAt ??= now;
        if (one.goneAt !== undefined && now - one.goneAt >= forgetAfterMs) all.delete(file);
      }
    },
    /** One look at every file. */
    harvest: async (figures: LogFigures): Promise<{ logs: WireLog[]; hasMore: boolean }> => {
      const harvests = (await Promise.all([...all].map(([file, one]) => read(file, one)))).flat();
      for (const { lines, bytes, missed } of harvests) {
        figures.lines += lines;
        figures.bytes += bytes;
        figures.missed += missed;
      }
      return {
        logs: harvests.flatMap(({ logs }) => logs),
        hasMore: harvests.some((one) => one.hasMore),
      };
    },
    state: (): Record<string, FollowedFile> =>
      Object.fromEntries([...all].map(([file, { follower }]) => [file, follower.state()])),
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
