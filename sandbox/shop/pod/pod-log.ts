import type { Clock } from "../clock.ts";

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

/** How much of a pod's output stays in memory: its log file has the rest. */
export interface KeptOutput {
  /** @default 2000 */
  readonly lines?: number;
  /** Of all lines together, in characters. @default 1000000 */
  readonly characters?: number;
}

export function createPodLog(clock: Clock, kept: KeptOutput = {}): PodLog {
  const { lines: mostLines = 2_000, characters: mostCharacters = 1_000_000 } = kept;
  let lines: LogLine[] = [];
  let characters = 0;
  const listeners = new Set<(line: LogLine) => void>();

  /** The newest lines within both bounds. */
  const newest = (): LogLine[] => {
    let from = lines.length;
    let size = 0;
    while (from > 0 && lines.length - from < mostLines) {
      size += lines[from - 1]?.text.length ?? 0;
      if (size > mostCharacters && from < lines.length) break;
      from -= 1;
    }
    return lines.slice(from);
  };
  const append = (line: LogLine): void => {
    lines.push(line);
    characters += line.text.length;
    // twice as much before anything is dropped, so that dropping costs little per line
    if (lines.length >= mostLines * 2 || characters >= mostCharacters * 2) {
      lines = newest();
      characters = lines.reduce((sum, { text }) => sum + text.length, 0);
    }
    for (const listener of listeners) listener(line);
  };

  return {
    write: (stream, text) => {
      const nanos = clock.nanos();
      for (const line of text.split("\n")) append({ nanos, stream, text: line });
    },
    recent: newest,
    follow: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
