import type { CheckFailure } from "../grpc/provider.ts";
import {
  isPropertyList,
  isPropertyMap,
  revealMap,
  Secret,
  UNKNOWN,
  type PropertyMap,
  type PropertyValue,
} from "../grpc/property-value.ts";

const LOGGING = ["stdout", "stderr", "stdoutAndStderr", "none"] as const;

/** Which streams of a command the user sees while it runs. */
export type Logging = (typeof LOGGING)[number];

/** Inputs of `command:local:Command` in the clear, after {@link checkCommand} passed them. */
export interface CommandInputs {
  readonly create?: string;
  readonly update?: string;
  readonly delete?: string;
  readonly dir?: string;
  readonly stdin?: string;
  readonly interpreter?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly logging?: Logging;
  readonly addPreviousOutputInEnv?: boolean;
}

interface Rule {
  readonly accepts: (value: PropertyValue) => boolean;
  readonly expected: string;
}

const isString = (value: PropertyValue | undefined) => typeof value === "string";
const text: Rule = { accepts: isString, expected: "a string" };

const RULES: Readonly<Record<string, Rule>> = {
  create: text,
  update: text,
  delete: text,
  dir: text,
  stdin: text,
  interpreter: {
    accepts: (value) => isPropertyList(value) && value.every(isKnownAs(isString)),
    expected: "a list of strings",
  },
  environment: {
    accepts: (value) => isPropertyMap(value) && Object.values(value).every(isKnownAs(isString)),
    expected: "a map of strings",
  },
  logging: {
    accepts: (value) => LOGGING.some((name) => name === value),
    expected: LOGGING.map((name) => `"${name}"`).join(", "),
  },
  addPreviousOutputInEnv: { accepts: (value) => typeof value === "boolean", expected: "a boolean" },
  triggers: { accepts: isPropertyList, expected: "a list" },
};

/** What is wrong with the inputs; values are never shown, as any of them may be secret. */
export function checkCommand(inputs: PropertyMap): CheckFailure[] {
  return Object.entries(inputs).flatMap(([property, value]) => {
    const rule = Object.hasOwn(RULES, property) ? RULES[property] : undefined;
    if (rule === undefined) {
      const allowed = Object.keys(RULES).join(", ");
      const reason = `${property} is not served by this stand-in: use only ${allowed}`;
      return [{ property, reason }];
    }
    if (value === undefined || isKnownAs(rule.accepts)(value)) return [];
    return [{ property, reason: `${property}: expected ${rule.expected}` }];
  });
}

/** Reads checked inputs; secrets are taken off, for the command needs their content. */
export function commandInputs(checked: PropertyMap): CommandInputs {
  return revealMap(checked);
}

/** A value that only an update can know passes every rule, whether secret or not. */
function isKnownAs(accepts: (value: PropertyValue) => boolean) {
  return (value: PropertyValue | undefined): boolean => {
    const content = value instanceof Secret ? value.value : value;
    return content === UNKNOWN || (content !== undefined && accepts(content));
  };
}
