/** A whole number of seconds, minutes or hours, such as `90s`, `2m` or `1h`. */
export type Duration = `${number}${Unit}`;

type Unit = "s" | "m" | "h";

const secondsPer: Readonly<Record<Unit, number>> = { s: 1, m: 60, h: 3600 };

/** Tells whether the text is a duration of at least one second, without leading zeros. */
export function isDuration(text: string): text is Duration {
  return /^[1-9]\d*[smh]$/.test(text);
}

/** Length of a duration in seconds. */
export function toSeconds(duration: Duration): number {
  const unit = duration.slice(-1) as Unit;
  return Number(duration.slice(0, -1)) * secondsPer[unit];
}
