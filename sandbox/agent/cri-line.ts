import type { Line } from "./apply-log-rules.ts";

const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z (stdout|stderr) [FP] (.*)$/s;

/** One line of a container's log file as its runtime wrote it; undefined where it is none. */
export function readCriLine(line: string): Line | undefined {
  const [, seconds, fraction = "", stream, text] = form.exec(line) ?? [];
  const ms = Date.parse(`${seconds ?? ""}Z`);
  if (Number.isNaN(ms) || text === undefined) return undefined;
  const nanos = BigInt(ms) * 1_000_000n + BigInt(fraction.padEnd(9, "0"));
  return { nanos, stream: stream as Line["stream"], text };
}
