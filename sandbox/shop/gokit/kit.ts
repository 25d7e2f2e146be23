import type { Clock } from "../clock.ts";
import { goTime } from "../formats/date.ts";
import type { LogfmtValue } from "../formats/logfmt.ts";
import { logfmtLine } from "../formats/logfmt.ts";
import type { HttpResponse } from "../../http/message.ts";
import { statusText } from "../../http/message.ts";
import type { LineSink } from "../pod/pod-log.ts";

export type LogfmtFields = Readonly<Record<string, LogfmtValue>>;

/** go-kit's logger: everything goes to stderr, so a log collector takes it for errors. */
export type KitLog = (caller: string, fields: LogfmtFields) => void;

export function createKitLog(clock: Clock, log: LineSink, wholeSeconds = false): KitLog {
  return (caller, fields) => {
    const nanos = clock.nanos();
    log("stderr", logfmtLine({ nanos, wholeSeconds, caller, fields: Object.entries(fields) }));
  };
}

/** Go's encoder ends each value with a line break. */
export function kitJson(contentType: string, value: unknown): HttpResponse {
  return {
    status: 200,
    headers: { "content-type": contentType },
    body: `${JSON.stringify(value)}\n`,
  };
}

/**
 * The services' error encoder. It sets the content type after the status was written, which has no
 * effect: Go guesses text/plain from the body. Keys are sorted, as Go prints maps.
 */
export function kitError(status: number, message: string): HttpResponse {
  const body = { error: message, status_code: status, status_text: statusText(status) };
  return {
    status,
    headers: { "content-type": "text/plain; charset=utf-8" },
    body: `${JSON.stringify(body)}\n`,
  };
}

/** What gorilla/mux answers on a path that it does not know. */
export const muxNotFound: HttpResponse = {
  status: 404,
  headers: { "content-type": "text/plain; charset=utf-8", "x-content-type-options": "nosniff" },
  body: "404 page not found\n",
};

export interface HealthEntry {
  readonly service: string;
  readonly status: "OK" | "err";
  readonly time: string;
}

/** Time stamps of health bodies; programs built with Go 1.9 or later show the process's age. */
export function healthClock(clock: Clock, showsUptime: boolean): () => string {
  const startedAt = clock.nanos();
  return () => {
    const now = clock.nanos();
    return showsUptime ? goTime(now, now - startedAt) : goTime(now);
  };
}

/** Minimal Prometheus text: how many requests, and how long they took in all. */
export function createRequestMetric(name: string): {
  observe(route: string, seconds: number): void;
  text(): string;
} {
  const routes = new Map<string, { count: number; sum: number }>();
  return {
    observe: (route, seconds) => {
      const known = routes.get(route) ?? { count: 0, sum: 0 };
      routes.set(route, { count: known.count + 1, sum: known.sum + seconds });
    },
    text: () =>
      [
        `# TYPE ${name} summary`,
        ...[...routes].flatMap(([route, { count, sum }]) => [
          `${name}_count{route="${route}"} ${count}`,
          `${name}_sum{route="${route}"} ${sum}`,
        ]),
        "",
      ].join("\n"),
  };
}
