import { PluginError } from "../grpc/plugin-error.ts";
import type { PropertyMap, PropertyValue } from "../grpc/property-value.ts";

/** `runtime.options` of Pulumi.yaml, as the official host reads them. */
export interface RuntimeOptions {
  /** Whether the SDK sets up ts-node. Off: Node runs TypeScript natively. */
  readonly typescript: boolean;

  /** Path of the tsconfig.json for ts-node. */
  readonly tsconfig: string | undefined;

  /** Arguments for the node process, before the program. */
  readonly nodeargs: readonly string[];

  readonly packagemanager: string;
}

/** Reads the options and refuses values of a wrong type, by name. */
export function runtimeOptions(options: PropertyMap): RuntimeOptions {
  return {
    typescript: option(options, "typescript", isBoolean) ?? true,
    tsconfig: option(options, "tsconfig", isString),
    nodeargs: splitArguments(option(options, "nodeargs", isString) ?? ""),
    packagemanager: option(options, "packagemanager", isString) ?? "auto",
  };
}

/** Splits a command line at blanks, outside of single and double quotes. */
export function splitArguments(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}

interface Kind<T extends PropertyValue> {
  (value: PropertyValue): value is T;
  title: string;
}

const isBoolean = kind((value): value is boolean => typeof value === "boolean", "true or false");
const isString = kind((value): value is string => typeof value === "string", "a string");

function kind<T extends PropertyValue>(
  is: (value: PropertyValue) => value is T,
  title: string,
): Kind<T> {
  return Object.assign((value: PropertyValue): value is T => is(value), { title });
}

function option<T extends PropertyValue>(options: PropertyMap, name: string, is: Kind<T>) {
  const value = options[name];
  if (value === undefined || value === null) return undefined;
  if (is(value)) return value;
  throw new PluginError(
    `runtime.options.${name} of Pulumi.yaml must be ${is.title}, got ${JSON.stringify(value)}`,
  );
}
