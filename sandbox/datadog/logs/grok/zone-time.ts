/** The parts of a date and time as a clock on the wall shows it; months count from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millis: number;
}

/**
 * Milliseconds since 1970 of a wall clock's time in a zone: an offset such as `+05:30`, `UTC+1`, or
 * a name such as `Europe/Paris`. `undefined` for a time that there is not, and for an unknown zone.
 */
export function momentIn(zone: string, time: WallTime): number | undefined {
  const { year, month, day, hour, minute, second, millis } = time;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, millis);
  const back = new Date(utc);
  const exists = back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24;
  if (!exists || minute > 59 || second > 59) return undefined;
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return utc - fixed;
  const first = offsetOf(zone, utc);
  // the offset at the moment itself, where daylight saving begins or ends in between
  return first === undefined ? undefined : utc - (offsetOf(zone, utc - first) ?? first);
}

function fixedOffset(zone: string): number | undefined {
  if (/^(?:Z|UTC?|GMT)$/.test(zone)) return 0;
  const [, sign, hours, minutes = "0"] =
    /^(?:UTC?|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(zone) ?? [];
  if (hours === undefined) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

const clocks = new Map<string, Intl.DateTimeFormat | undefined>();

function offsetOf(zone: string, at: number): number | undefined {
  if (!clocks.has(zone)) clocks.set(zone, clockOf(zone));
  const name = clocks
    .get(zone)
    ?.formatToParts(at)
    .find(({ type }) => type === "timeZoneName");
  return name === undefined ? undefined : fixedOffset(name.value);
}

function clockOf(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  } catch {
    return undefined;
  }
}
