import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** The two generations of the Datadog API; each has its own set of typed models. */
export type ApiVersion = "v1" | "v2";

/** One property of an object model, as the official client's attribute type map declares it. */
export interface Attribute {
  name: string;
  type: string;
  format: string | undefined;
  required: boolean;
}

export type Model =
  | { kind: "object"; attributes: Attribute[]; extra: string | undefined }
  | { kind: "enum"; values: (string | number)[] }
  | { kind: "oneOf"; members: string[] };

interface RawAttribute {
  baseName: string;
  type: string;
  format?: string;
  required?: boolean;
}

interface ModelClass {
  getAttributeTypeMap: () => Record<string, RawAttribute>;
}

const require = createRequire(import.meta.url);
const client = import.meta.resolve("@datadog/datadog-api-client");
const known = new Map<string, Model>();

/**
 * The model of that name in `@datadog/datadog-api-client`. Each model's own file is loaded on first
 * use: importing the whole client takes seconds, one model about a millisecond.
 */
export function modelOf(version: ApiVersion, name: string): Model {
  const key = `${version}/${name}`;
  const model = known.get(key) ?? loadModel(version, name);
  known.set(key, model);
  return model;
}

function loadModel(version: ApiVersion, name: string): Model {
  const file = new URL(`packages/datadog-api-client-${version}/models/${name}.js`, client);
  const exported = require(fileURLToPath(file)) as Record<string, unknown>;
  const modelClass = exported[name];
  if (isModelClass(modelClass)) {
    return objectModel(modelClass);
  }
  const values = Object.values(exported).filter((value) => value !== undefined);
  if (values.length > 0) {
    return { kind: "enum", values: values as (string | number)[] };
  }
  // A union has no value at run time: its members stand in the declaration file alone.
  const declaration = readFileSync(new URL(`${name}.d.ts`, file), "utf8");
  return { kind: "oneOf", members: unionMembers(declaration, name) };
}

function isModelClass(value: unknown): value is ModelClass {
  return typeof value === "function" && "getAttributeTypeMap" in value;
}

function objectModel(modelClass: ModelClass): Model {
  const raw = Object.entries(modelClass.getAttributeTypeMap());
  const attributes = raw
    .filter(([key]) => key !== "additionalProperties")
    .map(([, { baseName, type, format, required }]) => {
      return { name: baseName, type, format, required: required === true };
    });
  const extra = raw.find(([key]) => key === "additionalProperties")?.[1].type;
  return { kind: "object", attributes, extra: extra === undefined ? undefined : valueType(extra) };
}

function unionMembers(declaration: string, name: string): string[] {
  const alias = new RegExp(`export declare type ${name} = ([^;]+);`).exec(declaration)?.[1];
  if (alias === undefined) {
    throw new Error(`the Datadog client declares ${name} in a way this checker does not know`);
  }
  return alias.split(" | ").filter((member) => member !== "UnparsedObject");
}

const mapPrefix = "{ [key: string]: ";

/** The type of a map's values, or undefined where the type is not a map. */
export function valueType(type: string): string | undefined {
  return type.startsWith(mapPrefix) ? type.slice(mapPrefix.length, -"; }".length) : undefined;
}

/** The type of an array's elements, or undefined where the type is not an array. */
export function elementType(type: string): string | undefined {
  if (type.startsWith("Array<")) {
    return type.slice("Array<".length, -1);
  }
  return type.startsWith("[") ? type.slice(1, -1).split(", ")[0] : undefined;
}
