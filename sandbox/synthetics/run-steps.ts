import { randomInt } from "node:crypto";
import {
  alphanumeric,
  type Assertion,
  type JsonPathTarget,
  type Step,
  type TestDefinition,
} from "./test-definition.ts";

/** An answer of what is tested. */
interface StepAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Headers;
}

/** Sends the request of a step; rejects where there is no answer. */
export type SendStep = (
  url: string,
  request: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly timeoutMs: number;
  },
) => Promise<StepAnswer>;

/** How a run ended; `failure` names the step that ended it, and holds no value of the test's. */
export type RunOutcome =
  { readonly passed: true } | { readonly passed: false; readonly failure: string };

const defaultTimeoutSeconds = 60;

/** Runs the steps one after the other; the first that fails ends the run, unless it may. */
export async function runSteps(
  { steps = [], configVariables = [] }: TestDefinition["config"],
  send: SendStep,
): Promise<RunOutcome> {
  const variables = new Map(
    configVariables.map(({ name, pattern = "" }) => [name, patternFilled(pattern)]),
  );
  for (const step of steps) {
    const why = await whyFailed(step, variables, send);
    if (why === undefined || step.allowFailure === true) continue;
    return { passed: false, failure: `step "${step.name}": ${why}` };
  }
  return { passed: true };
}

const letters = "0123456789abcdefghijklmnopqrstuvwxyz";

function patternFilled(pattern: string): string {
  return pattern.replaceAll(alphanumeric, (_, length: string) =>
    Array.from({ length: Number(length) }, () => letters[randomInt(letters.length)]).join(""),
  );
}

async function whyFailed(
  step: Step,
  variables: Map<string, string>,
  send: SendStep,
): Promise<string | undefined> {
  const { method = "GET", url = "", body, headers = {}, timeout } = step.request;
  const filled = (text: string) => withVariables(text, variables);
  let answer: StepAnswer;
  try {
    answer = await send(filled(url), {
      method,
      headers: {
        ...authorization(step),
        ...Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, filled(text)])),
      },
      ...(body !== undefined && { body: filled(body) }),
      timeoutMs: (timeout ?? defaultTimeoutSeconds) * 1000,
    });
  } catch (error) {
    return reasonOf(error);
  }
  const broken = step.assertions.map((one) => whyBroken(one, answer)).find((why) => why);
  return broken ?? extract(step, answer, variables);
}

/** Datadog's variables, as `{{ NAME }}`; one that was not extracted stays as it is written. */
function withVariables(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (all, name: string) => variables.get(name) ?? all);
}

function authorization({ request: { basicAuth } }: Step): Readonly<Record<string, string>> {
  if (basicAuth === undefined) return {};
  const { username = "", password = "" } = basicAuth;
  const pair = Buffer.from(`${username}:${password}`).toString("base64");
  return { authorization: `Basic ${pair}` };
}

function whyBroken({ type, target }: Assertion, { status, body }: StepAnswer): string | undefined {
  if (type === "statusCode") {
    return status === Number(target) ? undefined : `status ${status} instead of ${String(target)}`;
  }
  const { jsonPath, operator, targetValue } = target as JsonPathTarget;
  const found = valueAt(body, jsonPath);
  return holds(found, operator, targetValue)
    ? undefined
    : `${jsonPath} of the body is not ${operator} ${String(targetValue)}`;
}

type JsonValue = string | number | boolean;

function holds(found: JsonValue | undefined, operator: string, wanted: unknown): boolean {
  switch (operator) {
    case "moreThan":
      return typeof found === "number" && found > Number(wanted);
    case "lessThan":
      return typeof found === "number" && found < Number(wanted);
    case "isNot":
      return found !== undefined && String(found) !== String(wanted);
    default:
      return found !== undefined && String(found) === String(wanted);
  }
}

function extract(
  { extractedValues = [] }: Step,
  answer: StepAnswer,
  variables: Map<string, string>,
): string | undefined {
  for (const { name, type, field = "", parser } of extractedValues) {
    const text = type === "http_header" ? answer.headers.get(field) : answer.body;
    const value = text === null ? undefined : parsed(text, parser);
    if (value === undefined) return `it finds no ${name} in the answer`;
    variables.set(name, value);
  }
  return undefined;
}

function parsed(
  text: string,
  { type, value = "" }: { readonly type: string; readonly value?: string },
): string | undefined {
  if (type === "raw") return text;
  if (type === "regex") return new RegExp(value).exec(text)?.[0];
  const found = valueAt(text, value);
  return found === undefined ? undefined : String(found);
}

/** The text or number at a path such as `$.customer.id` or `$.items[0].id`; undefined elsewhere. */
function valueAt(body: string, path: string): JsonValue | undefined {
  let found: unknown;
  try {
    found = JSON.parse(body);
  } catch {
    return undefined;
  }
  for (const [, key, index] of path.matchAll(/\.(\w+)|\[(\d+)\]/g)) {
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Record<string, unknown>)[key ?? index ?? ""];
  }
  const isValue = ["string", "number", "boolean"].includes(typeof found);
  return isValue ? (found as JsonValue) : undefined;
}

/** The code of a failed connection says more than fetch's own words, which are always the same. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "no answer";
  if (error.name === "TimeoutError") return "no answer in time";
  const { cause } = error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : error.message;
}
