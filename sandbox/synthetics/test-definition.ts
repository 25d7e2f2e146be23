/** What the worker's stand-in reads of a test: as the API answers it. */
export interface TestDefinition {
  readonly public_id: string;
  readonly name: string;
  readonly locations: readonly string[];
  readonly options: {
    readonly tick_every?: number;
    readonly retry?: { readonly count?: number; readonly interval?: number };
  };
  readonly config: {
    readonly steps?: readonly Step[];
    readonly configVariables?: readonly Variable[];
  };
}

/** A variable that gets another value in each run. */
interface Variable {
  readonly name: string;
  readonly type: string;
  readonly pattern?: string;
}

/** The one function of patterns that the stand-in knows. */
export const alphanumeric = /\{\{\s*alphanumeric\((\d{1,2})\)\s*\}\}/g;

/** One request and what must be true of its answer. */
export interface Step {
  readonly name: string;
  readonly subtype: string;
  readonly allowFailure?: boolean;
  readonly request: {
    readonly method?: string;
    readonly url?: string;
    readonly body?: string;
    readonly headers?: Readonly<Record<string, string>>;
    /** Seconds. */
    readonly timeout?: number;
    readonly basicAuth?: {
      readonly type?: string;
      readonly username?: string;
      readonly password?: string;
    };
  };
  readonly assertions: readonly Assertion[];
  readonly extractedValues?: readonly Extraction[];
}

export interface Assertion {
  readonly type: string;
  readonly operator: string;
  readonly target?: unknown;
}

interface Extraction {
  readonly name: string;
  readonly type: string;
  readonly field?: string;
  readonly parser: { readonly type: string; readonly value?: string };
}

/** The assertion on a value inside of a JSON body. */
export interface JsonPathTarget {
  readonly jsonPath: string;
  readonly operator: string;
  readonly targetValue?: unknown;
}

const jsonOperators = ["is", "isNot", "moreThan", "lessThan"];

/**
 * What of a test the stand-in does not know, in one line: it then runs none of it rather than less
 * than was declared. Undefined where it knows all.
 */
export function whyNotRun({ config }: TestDefinition): string | undefined {
  const { steps = [], configVariables = [] } = config;
  const odd = configVariables.find(
    ({ type, pattern = "" }) =>
      type !== "text" || pattern.replaceAll(alphanumeric, "").includes("{{"),
  );
  if (odd !== undefined) return `variable ${odd.name} is of another kind than alphanumeric`;
  return steps.map(whyNotStep).find((why) => why !== undefined);
}

function whyNotStep(step: Step): string | undefined {
  const { name, subtype, request, assertions, extractedValues = [] } = step;
  if (subtype !== "http") return `step "${name}" is of subtype ${subtype}`;
  if (request.url === undefined) return `step "${name}" has no address`;
  const { type = "web" } = request.basicAuth ?? {};
  if (type !== "web") return `step "${name}" authenticates by ${type}`;
  const odd = assertions.find((assertion) => !isKnown(assertion));
  if (odd !== undefined) return `step "${name}" asserts ${odd.type} ${odd.operator}`;
  const value = extractedValues.find(
    ({ type: from, parser }) =>
      !["http_header", "http_body"].includes(from) ||
      !["raw", "regex", "json_path"].includes(parser.type),
  );
  return value && `step "${name}" extracts ${value.type} by ${value.parser.type}`;
}

function isKnown({ type, operator, target }: Assertion): boolean {
  if (type === "statusCode") return operator === "is";
  if (type !== "body" || operator !== "validatesJSONPath") return false;
  const { jsonPath = "", operator: compare = "" } = target as Partial<JsonPathTarget>;
  return /^\$(\.\w+|\[\d+\])*$/.test(jsonPath) && jsonOperators.includes(compare);
}
