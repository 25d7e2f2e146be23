import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { Checkpoint } from "./file-tail.ts";
import type { LogOrigin, LogSource } from "./pod-tags.ts";

/** A log as the intake takes it. */
export interface WireLog extends LogOrigin {
  readonly message: string;
  readonly status: "info" | "error";
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/** Logs that are sent as one, under a name that tells them from every other batch. */
export interface Batch {
  readonly id: string;
  readonly logs: readonly WireLog[];
}

/** One followed file: how far its lines were sent, and where they come from. */
export interface FollowedFile {
  readonly source: LogSource;
  readonly checkpoint?: Checkpoint;
}

/**
 * What the agent remembers over its end. Batches are noted before they are sent, together with the
 * checkpoints that hold once they are: after a crash they are sent again under the same names, and
 * the intake knows them.
 */
export interface AgentState {
  readonly files: Readonly<Record<string, FollowedFile>>;
  readonly unsent: readonly Batch[];
}

/** Throws one line where the file cannot be read: a fresh start would send everything again. */
export async function readState(file: string): Promise<AgentState> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as AgentState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { files: {}, unsent: [] };
    const { message } = error as Error;
    throw new Error(`cannot read ${file} (${message}): remove it to send all logs again`, {
      cause: error,
    });
  }
}

/** On disk when it resolves, whole or not at all. */
export async function writeState(file: string, state: AgentState): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(`${file}.new`, "w", 0o600);
  try {
    await handle.writeFile(JSON.stringify(state));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}
