import { setTimeout as sleep } from "node:timers/promises";
import { rfc3339Nano } from "../formats/date.ts";
import type { LogLine, PodLog } from "./pod-log.ts";
import { rotatedFile, type RotatedFile, type RotationOptions } from "./rotated-file.ts";

export interface LogFileOptions extends RotationOptions {
  /** Takes one line per problem: what cannot be written, and how many lines are lost. */
  readonly onProblem: (message: string) => void;

  /** Bytes that wait at most while nothing can be written. @default - 8 MiB */
  readonly waitingBytes?: number;

  /** Time until a failed write is tried again, in milliseconds. @default 1000 */
  readonly retryMs?: number;
}

/** containerd writes a longer line in parts. */
const PART_BYTES = 16 * 1024;

/** A line in the format of a container runtime, which `kubectl logs` reads: `P` marks a part. */
function criLines({ nanos, stream, text }: LogLine): string {
  const head = `${rfc3339Nano(nanos)} ${stream}`;
  if (Buffer.byteLength(text) <= PART_BYTES) return `${head} F ${text}\n`;
  const bytes = Buffer.from(text);
  let lines = "";
  let from = 0;
  while (bytes.length - from > PART_BYTES) {
    const to = characterStart(bytes, from + PART_BYTES);
    lines += `${head} P ${bytes.toString("utf8", from, to)}\n`;
    from = to;
  }
  return `${lines}${head} F ${bytes.toString("utf8", from)}\n`;
}

/** The first byte of the character that has a byte at `at`. */
function characterStart(bytes: Buffer, at: number): number {
  let start = at;
  while (((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  return start;
}

/**
 * Writes what a pod prints to a file, after what an earlier shop wrote there. While nothing can be
 * written, lines wait; those beyond a limit are lost, counted and reported.
 *
 * @returns ends it, once everything that can be written is written
 */
export function writeLogFile(
  log: PodLog,
  file: string,
  options: LogFileOptions,
): () => Promise<void> {
  const queue = lineQueue(rotatedFile(file, options), file, options);
  for (const line of log.recent()) queue.add(criLines(line));
  const unfollow = log.follow((line) => {
    queue.add(criLines(line));
  });
  return async () => {
    unfollow();
    await queue.end();
  };
}

/** Appends in the background, in order, and as much at once as there is. */
function lineQueue(target: RotatedFile, file: string, options: LogFileOptions) {
  const { onProblem, waitingBytes = 8 * 1024 * 1024, retryMs = 1_000 } = options;
  let waiting: string[] = [];
  let bytes = 0;
  let lost = 0;
  let failing = false;
  let ending = false;
  let draining: Promise<void> | undefined;

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await target.append(batch.join(""));
        bytes = waiting.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
        if (failing) onProblem(`${file} can be written again; ${lost} lines are lost`);
        failing = false;
        lost = 0;
      } catch (error) {
        waiting = [...batch, ...waiting];
        if (!failing) onProblem(`cannot write ${file}: ${(error as Error).message}; lines wait`);
        failing = true;
        if (ending) return;
        await sleep(retryMs);
      }
    }
  };
  return {
    add: (text: string): void => {
      const size = Buffer.byteLength(text);
      // only a failed write makes lines wait for longer than the next one takes
      if (failing && bytes + size > waitingBytes) {
        lost += 1;
        return;
      }
      waiting.push(text);
      bytes += size;
      draining ??= drain().finally(() => (draining = undefined));
    },
    end: async (): Promise<void> => {
      ending = true;
      await draining;
      await drain();
      if (waiting.length + lost > 0) {
        onProblem(`${waiting.length + lost} lines of ${file} are lost: it could not be written`);
      }
      await target.close();
    },
  };
}
