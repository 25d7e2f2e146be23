import type { Clock } from "./clock.ts";

type Stream = "stdout" | "stderr";

/** One physical line of a container's output. */
export interface LogLine {
  /** When it was written, nanoseconds since the Unix epoch. */
  readonly nanos: bigint;
  readonly stream: Stream;
  readonly text: string;
}

/** Writes text to one of the container's streams; each line break starts a new line. */
export type LineSink = (stream: Stream, text: string) => void;

/** What a container printed: the newest lines, and new ones as they come. */
export interface PodLog {
  readonly write: LineSink;

  /** The newest lines, oldest first. */
  recent(): readonly LogLine[];

  /** Calls `listener` for each line from now on. Returns a function that ends it. */
  follow(listener: (line: LogLine) => void): () => void;
}

/** Lines kept per pod; a pod that runs for days must not fill the memory. */
const KEPT_LINES = 2000;

export function createPodLog(clock: Clock, keptLines = KEPT_LINES): PodLog {
  let lines: LogLine[] = [];
  const listeners = new Set<(line: LogLine) => void>();

  const append = (line: LogLine): void => {
    lines.push(line);
    if (lines.length >= keptLines * 2) lines = lines.slice(-keptLines);
    for (const listener of listeners) listener(line);
  };

  return {
    write: (stream, text) => {
      const nanos = clock.nanos();
      for (const line of text.split("\n")) append({ nanos, stream, text: line });
    },
    recent: () => lines.slice(-keptLines),
    follow: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
