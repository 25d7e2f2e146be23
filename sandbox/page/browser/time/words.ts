const steps = [
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
  [1, "s"],
] as const;

/** A length of time in its two largest units: `1 h 5 min`. */
export function durationWords(ms: number): string {
  let left = Math.max(0, Math.floor(ms / 1000));
  const words: string[] = [];
  for (const [seconds, unit] of steps) {
    const count = Math.floor(left / seconds);
    left -= count * seconds;
    if (count > 0 || (unit === "s" && words.length === 0)) words.push(`${count} ${unit}`);
  }
  return words.slice(0, 2).join(" ");
}

/** How long ago a moment was, and the moment itself in the reader's own time zone. */
export function sinceWords(at: number, now: number): string {
  return `${durationWords(now - at)} ago`;
}

/** `2027-01-05 10:00:00` in the reader's own time zone. */
export function clockTime(at: number, { withMs = false } = {}): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "no time";
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${day} ${time}${withMs ? `.${String(date.getMilliseconds()).padStart(3, "0")}` : ""}`;
}
