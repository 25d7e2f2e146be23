import type { Line } from "./apply-log-rules.ts";

const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z (stdout|stderr) ([FP]) (.*)$/s;

/** One line of a container's log file; a long one of the container is written in several. */
export interface CriLine extends Line {
  /** Whether the container's line goes on in the next one of the file. */
  readonly isPartial: boolean;
}

/** One line of a container's log file as its runtime wrote it; undefined where it is none. */
export function readCriLine(line: string): CriLine | undefined {
  const [, seconds, fraction = "", stream, tag, text] = form.exec(line) ?? [];
  const ms = Date.parse(`${seconds ?? ""}Z`);
  if (Number.isNaN(ms) || text === undefined) return undefined;
  const nanos = BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
  return { nanos, stream: stream as Line["stream"], text, isPartial: tag === "P" };
}

/** Puts the parts of a container's lines together. */
export interface PartJoiner {
  /** Takes a line of the file; returns the container's line that it completed. */
  push(line: CriLine): Line | undefined;

  /** Returns the incomplete line as it is. */
  flush(): Line | undefined;
}

/** @param longest - bytes from which on an incomplete line is passed on, as the Agent does */
export function joinParts(longest: number): PartJoiner {
  let open: Line | undefined;
  const flush = (): Line | undefined => {
    const line = open;
    open = undefined;
    return line;
  };
  return {
    push: ({ isPartial, ...line }) => {
      open = { ...line, text: (open?.text ?? "") + line.text };
      return isPartial && Buffer.byteLength(open.text) < longest ? undefined : flush();
    },
    flush,
  };
}
