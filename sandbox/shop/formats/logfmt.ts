import { goDuration, rfc3339Nano } from "./date.ts";

/** A value in a go-kit line; a bigint is a duration in nanoseconds. */
export type LogfmtValue = string | number | boolean | bigint | null;

export interface LogfmtLine {
  readonly nanos: bigint;
  /** An older go-kit stamps a line by the second. */
  readonly wholeSeconds?: boolean;
  /** Go source file and line, as `log.DefaultCaller` finds it. */
  readonly caller: string;
  readonly fields: readonly (readonly [key: string, value: LogfmtValue])[];
}

/** One line of go-kit's logfmt logger. */
export function logfmtLine({ nanos, wholeSeconds, caller, fields }: LogfmtLine): string {
  const time = wholeSeconds ? nanos - (nanos % 1_000_000_000n) : nanos;
  const pairs = fields.map(([key, value]) => `${key}=${shown(value)}`);
  return [`ts=${rfc3339Nano(time)}`, `caller=${caller}`, ...pairs].join(" ");
}

function shown(value: LogfmtValue): string {
  if (value === null) return "null";
  if (typeof value === "bigint") return goDuration(value);
  if (typeof value !== "string") return String(value);
  return /[ "=\p{Cc}]/u.test(value) ? JSON.stringify(value) : value;
}
