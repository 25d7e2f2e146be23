import { type IncomingHttpHeaders, STATUS_CODES } from "node:http";
import type { LogService } from "../logs/log-service.ts";
import type { State } from "../state.ts";

/** A request after keys, query and body were checked. */
export interface Call {
  params: Record<string, string>;
  query: Record<string, string>;
  /** Fits the model that the route names: handlers may take it for that type. */
  body: unknown;
  headers: IncomingHttpHeaders;
  now: Date;
}

/** What a route answers; with `state`, what is to stand from now on. Status 200 if not said. */
export interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  state?: State;
}

/** Decides on plain data alone: no clock, no disk, no network. */
export type Handler = (state: State, call: Call) => Answer;

/** Reads or adds to what the stand-in was sent, which no state holds. */
export type TelemetryHandler = (
  service: LogService,
  call: Call,
  state: State,
) => Answer | Promise<Answer>;

/** A refusal, with the words that go into the reply. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: string[];

  constructor(status: number, errors: string | string[]) {
    const texts = typeof errors === "string" ? [errors] : errors;
    super(texts.join("; "));
    this.status = status;
    this.errors = texts;
  }
}

/**
 * How a family of endpoints writes its errors: most `{"errors":[…]}`, log configuration
 * `{"error":{…}}`, the intake of logs a list of objects.
 */
export type ErrorShape = "errors" | "error" | "details";

const errorCodes: Partial<Record<number, string>> = {
  400: "InvalidArgument",
  422: "UnprocessableEntity",
};

export function errorBody(shape: ErrorShape, status: number, errors: string[]): unknown {
  if (shape === "details") {
    const title = STATUS_CODES[status] ?? "Error";
    return { errors: errors.map((detail) => ({ status: String(status), title, detail })) };
  }
  const code = errorCodes[status];
  return shape === "error" && code !== undefined
    ? { error: { code, message: errors.join("; ") } }
    : { errors };
}

/** A query parameter that is a whole number, or undefined where it is absent. */
export function wholeParameter(call: Call, name: string): number | undefined {
  const text = call.query[name];
  if (text !== undefined && !/^\d{1,15}$/.test(text)) {
    throw new Refusal(400, `Invalid ${name} ${JSON.stringify(text)}: must be a whole number`);
  }
  return text === undefined ? undefined : Number(text);
}
