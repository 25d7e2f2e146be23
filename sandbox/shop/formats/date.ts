const milli = 1_000_000n;

function iso(nanos: bigint): string {
  return new Date(Number(nanos / milli)).toISOString();
}

/** `2025-10-28 10:04:42.603`, as Spring Boot 1.4 logs it: no zone, the pod's is UTC. */
export function springTime(nanos: bigint): string {
  return iso(nanos).replace("T", " ").replace("Z", "");
}

/** `2025-10-28T10:04:42.603+0000`, as Spring Data REST writes dates. */
export function jacksonDate(millis: number): string {
  return new Date(millis).toISOString().replace("Z", "+0000");
}

function nanoDigits(nanos: bigint): string {
  return (nanos % 1_000_000_000n).toString().padStart(9, "0");
}

/** Go's RFC3339Nano in UTC: trailing zeros of the fraction are dropped. */
export function rfc3339Nano(nanos: bigint): string {
  const fraction = nanoDigits(nanos).replace(/0+$/, "");
  return `${iso(nanos).slice(0, 19)}${fraction === "" ? "" : `.${fraction}`}Z`;
}

/** Go's `time.Time.String()` in UTC; `uptimeNanos` adds the `m=+…` of Go 1.9 and later. */
export function goTime(nanos: bigint, uptimeNanos?: bigint): string {
  const fraction = nanoDigits(nanos).replace(/0+$/, "");
  const wall = iso(nanos).slice(0, 19).replace("T", " ") + (fraction === "" ? "" : `.${fraction}`);
  const zoned = `${wall} +0000 UTC`;
  if (uptimeNanos === undefined) return zoned;
  return `${zoned} m=+${uptimeNanos / 1_000_000_000n}.${nanoDigits(uptimeNanos)}`;
}

/** Go's `time.Duration.String()` below one minute. */
export function goDuration(nanos: bigint): string {
  const units: readonly (readonly [bigint, string])[] = [
    [1_000_000_000n, "s"],
    [1_000_000n, "ms"],
    [1_000n, "µs"],
  ];
  for (const [size, unit] of units) {
    if (nanos < size) continue;
    const digits = size.toString().length - 1;
    const fraction = (nanos % size).toString().padStart(digits, "0").replace(/0+$/, "");
    return `${nanos / size}${fraction === "" ? "" : `.${fraction}`}${unit}`;
  }
  return nanos === 0n ? "0s" : `${nanos}ns`;
}
