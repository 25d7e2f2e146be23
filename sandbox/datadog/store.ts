import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { emptyState, type State } from "./state.ts";

/** What a change makes of the state, and what it wants to tell its caller. */
interface Change<T> {
  state: State;
  result: T;
}

export interface Store {
  /** The state as it is on disk. */
  current(): State;
  /** Applies changes one after the other; resolves once the outcome is on disk. */
  transact<T>(change: (state: State) => Change<T>): Promise<T>;
}

interface Job {
  run: (state: State) => State;
  done: () => void;
  failed: (error: unknown) => void;
}

const format = 1;
const lists = [
  "monitors",
  "dashboards",
  "pipelines",
  "metrics",
  "slos",
  "events",
  "downtimes",
  "unknown",
];

/** Opens the state in `dir`, or starts an empty one. Throws one clear line if it cannot be read. */
export async function openStore(dir: string, now: Date): Promise<Store> {
  await mkdir(dir, { recursive: true });
  const file = join(dir, "state.json");
  const text = await readIfThere(file);
  const state = text === undefined ? emptyState(now) : parseState(file, text);
  return createStore(state, (next) => writeState(dir, file, next));
}

/** A store over any way of writing; without one, the state lives in memory alone. */
export function createStore(
  initial: State,
  write: (state: State) => Promise<void> = () => Promise.resolve(),
): Store {
  let current = initial;
  let queue: Job[] = [];
  let writing = false;

  async function writeAll(): Promise<void> {
    writing = true;
    while (queue.length > 0) {
      const jobs = queue;
      queue = [];
      const { state, settle } = await writeBatch(current, jobs, write);
      current = state;
      settle();
    }
    writing = false;
  }

  return {
    current: () => current,
    transact: (change) =>
      new Promise((resolve, reject) => {
        let outcome: () => void = () => undefined;
        const run = (state: State): State => {
          const changed = change(state);
          outcome = () => {
            resolve(changed.result);
          };
          return changed.state;
        };
        queue.push({
          run,
          done: () => {
            outcome();
          },
          failed: reject,
        });
        if (!writing) {
          void writeAll();
        }
      }),
  };
}

/**
 * Runs a batch of changes and writes the outcome once. A change that throws leaves no trace; if
 * the write fails, all of the batch fails and the state stays what is on disk.
 */
async function writeBatch(
  state: State,
  jobs: Job[],
  write: (state: State) => Promise<void>,
): Promise<{ state: State; settle: () => void }> {
  let next = state;
  const settlements: (() => void)[] = [];
  for (const job of jobs) {
    try {
      next = job.run(next);
      settlements.push(job.done);
    } catch (error) {
      job.failed(error);
    }
  }
  try {
    if (next !== state) {
      await write(next);
    }
  } catch (error) {
    jobs.forEach((job) => {
      job.failed(error);
    });
    return { state, settle: () => undefined };
  }
  return {
    state: next,
    settle: () => {
      settlements.forEach((done) => {
        done();
      });
    },
  };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw new Error(`cannot read the state: ${(error as Error).message}`, { cause: error });
  }
}

function parseState(file: string, text: string): State {
  const remedy = `move ${file} away to start empty (the next "pulumi refresh" and "up" declare all again), or put a good copy in its place`;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Error(`the state is not JSON (${(error as Error).message}): ${remedy}`, {
      cause: error,
    });
  }
  const why = whyNotState(parsed);
  if (why !== undefined) {
    throw new Error(`the state cannot be used (${why}): ${remedy}`);
  }
  // Older states lack what was added since.
  const added = emptyState(new Date(0));
  const state: State & { format?: number } = { ...added, ...(parsed as State) };
  delete state.format;
  return state;
}

function whyNotState(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) {
    return "not an object";
  }
  const state = value as Record<string, unknown>;
  if (state["format"] !== format) {
    return `"format" is ${JSON.stringify(state["format"])}, this version reads ${format}`;
  }
  const numbers = ["base", "given"].find((key) => !Number.isSafeInteger(state[key]));
  const missing = numbers ?? lists.find((key) => !Array.isArray(state[key]));
  return missing === undefined ? undefined : `"${missing}" is missing or of the wrong type`;
}

async function writeState(dir: string, file: string, state: State): Promise<void> {
  const temporary = `${file}.new`;
  try {
    const handle = await open(temporary, "w", 0o600);
    try {
      await handle.writeFile(JSON.stringify({ format, ...state }));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    await syncDirectory(dir);
  } catch (error) {
    await rm(temporary, { force: true });
    const { message } = error as Error;
    throw new Error(`the state was not written, nothing was changed: ${message}`, { cause: error });
  }
}

/** Makes the rename itself durable, where the file system can sync a directory. */
async function syncDirectory(dir: string): Promise<void> {
  const handle = await open(dir, "r");
  try {
    await handle.sync().catch(() => undefined);
  } finally {
    await handle.close();
  }
}
