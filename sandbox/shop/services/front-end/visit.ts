import { inspect } from "node:util";
import type { HttpCallRequest, HttpCallResponse } from "../../http/client.ts";
import type { HttpRequest } from "../../../http/message.ts";
import type { Json, JsonObject } from "../../json.ts";
import { parseJson } from "../../json.ts";
import type { Answer } from "../../express/answer.ts";
import type { Session } from "../../stores/session-db.ts";
import type { ServiceDeps } from "../service.ts";
import { ProcessExit } from "../service.ts";

/** The browser's session, as express-session attaches it to the request. */
export interface OpenSession {
  readonly id: string;
  readonly data: Session;
  /** Saves what the session holds from now on. */
  readonly update: (data: Session) => void;
}

/** One request on its way through the front-end. */
export interface Visit {
  readonly deps: ServiceDeps;
  readonly request: HttpRequest;
  /** Parsed JSON body; `{}` where there was none. */
  readonly body: Json;
  readonly cookies: ReadonlyMap<string, string>;
  /** Absent while session-db cannot be reached. */
  readonly session: OpenSession | undefined;
  /** Groups of the route's pattern. */
  readonly params: readonly string[];
}

export interface ExpressRoute {
  readonly method: string;
  readonly path: RegExp;
  readonly run: (visit: Visit) => Promise<Answer>;
}

/** `console.log`: text as it is, everything else as Node inspects it. */
export function print({ deps }: Visit, value: unknown): void {
  deps.log("stdout", typeof value === "string" ? value : inspect(value));
}

/**
 * Runs what the real code does inside of a callback. An exception there reaches nobody: the Node
 * process ends, and with it every session that is under way.
 */
export function inCallback<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new ProcessExit(
      1,
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
  }
}

/** Property access as the JavaScript of the front-end does it: on undefined it throws. */
export function propertyOf(value: Json | undefined, name: string): Json | undefined {
  if (value === undefined || value === null) {
    throw new TypeError(`Cannot read properties of ${String(value)} (reading '${name}')`);
  }
  return typeof value === "object" && !Array.isArray(value)
    ? (value as JsonObject)[name]
    : undefined;
}

/** `"" + value` for what is meant to be a text: `undefined` where it is missing. */
export function textOf(value: Json | undefined): string {
  if (value === undefined) return "undefined";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** `JSON.parse`, exceptions included. */
export function parsed(text: string): Json {
  return JSON.parse(text) as Json;
}

export function callText(visit: Visit, call: HttpCallRequest): Promise<HttpCallResponse> {
  return visit.deps.call(call);
}

export interface JsonAnswer {
  readonly status: number;
  readonly headers: HttpCallResponse["headers"];
  /** Parsed where it was JSON, else the text, as the `request` library does with `json: true`. */
  readonly body: Json | undefined;
}

/** A call of the `request` library with `json: true`. */
export async function callJson(
  visit: Visit,
  method: string,
  url: string,
  body: Json,
): Promise<JsonAnswer> {
  const response = await visit.deps.call({
    method,
    url,
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = response.body.toString("utf8");
  const value = text === "" ? undefined : (parseJson(text) ?? text);
  return { status: response.status, headers: response.headers, body: value };
}

export class NotLoggedIn extends Error {
  constructor() {
    super("User not logged in.");
  }
}

/** Key of the cart: the customer's id once logged in, the session's id before. */
export function customerIdOf(visit: Visit): string {
  const { deps, request, cookies, session } = visit;
  const asked = request.query.get("custId");
  // A leftover of the real code: outside of production anybody may name the customer.
  if ((deps.env["NODE_ENV"] ?? "development") === "development" && asked !== null) return asked;
  if (!cookies.get("logged_in")) return requiredSession(session, "id").id;
  return String(requiredSession(session, "customerId").data.customerId);
}

/** Throws what reading a property of the missing session throws. */
export function requiredSession(session: OpenSession | undefined, property: string): OpenSession {
  if (session !== undefined) return session;
  throw new TypeError(`Cannot read properties of undefined (reading '${property}')`);
}
