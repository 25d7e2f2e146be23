import { springTime } from "./date.ts";

/** Severity letter of MongoDB. */
type MongoSeverity = "E" | "I" | "W";

export interface MongoEntry {
  readonly nanos: bigint;
  readonly severity: MongoSeverity;
  readonly component: string;
  readonly id: number;
  readonly context: string;
  readonly message: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

function isoMillis(nanos: bigint): string {
  return new Date(Number(nanos / 1_000_000n)).toISOString();
}

/** MongoDB 4.4's JSON line. */
export function mongoJsonLine(entry: MongoEntry): string {
  const time = isoMillis(entry.nanos).replace("Z", "+00:00");
  const component = `"${entry.component}",`.padEnd(11);
  const attributes =
    entry.attributes === undefined ? "" : `,"attr":${JSON.stringify(entry.attributes)}`;
  return (
    `{"t":{"$date":"${time}"},"s":"${entry.severity}",  "c":${component} "id":${entry.id},` +
    `  "ctx":"${entry.context}","msg":${JSON.stringify(entry.message)}${attributes}}`
  );
}

/** MongoDB 3's text line, which user-db's image still writes. */
export function mongoTextLine(entry: MongoEntry): string {
  const time = isoMillis(entry.nanos).replace("Z", "+0000");
  const component = entry.component.padEnd(8);
  return `${time} ${entry.severity} ${component} [${entry.context}] ${entry.message}`;
}

const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** A line of the Redis main process. */
export function redisLine(nanos: bigint, symbol: "#" | "*", message: string): string {
  const date = new Date(Number(nanos / 1_000_000n));
  const day = String(date.getUTCDate()).padStart(2, "0");
  const month = months[date.getUTCMonth()] ?? "";
  const time = date.toISOString().slice(11, 23);
  return `1:M ${day} ${month} ${date.getUTCFullYear()} ${time} ${symbol} ${message}`;
}

/** A line of the RabbitMQ broker; it resets the colour at the end although it never sets one. */
export function rabbitLine(nanos: bigint, level: string, message: string): string {
  const milli = isoMillis(nanos).replace("T", " ").replace("Z", "");
  const micro = String((nanos / 1_000n) % 1_000n).padStart(3, "0");
  return `${milli}${micro}+00:00 [${level}] <0.480.0> ${message}\u001b[0m`;
}

/**
 * What a probe of the port leaves in the log: of MySQL 5.7 in the WEAVE image (assumed), of MariaDB
 * in the QUAY one.
 */
export function abortedLine(nanos: bigint, connection: number, family: "weave" | "quay"): string {
  if (family === "weave") {
    const time = `${springTime(nanos).replace(" ", "T")}000Z`;
    return `${time} ${connection} [Note] Got an error reading communication packets`;
  }
  return (
    `${springTime(nanos).slice(0, 19)} ${connection} [Warning] Aborted connection ${connection} to ` +
    "db: 'unconnected' user: 'unauthenticated' host: '10.0.0.1' " +
    "(This connection closed normally without authentication)"
  );
}
