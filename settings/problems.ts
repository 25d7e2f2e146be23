import type * as z from "zod";
import { nearest } from "./closest-match.ts";
import { serviceNames } from "../components/shop/catalogue.ts";
import type { KeyDoc } from "./documented-key.ts";
import { type SecretKey, secretKeys, settingsSchema } from "./schema.ts";

/** One thing that is wrong with one configuration key. */
export interface Problem {
  /** Key without the project's prefix, such as `load.users`. */
  readonly key: string;

  /** What was expected, what was got, and what to do. */
  readonly problem: string;
}

/** A documented key; groups and their members both have one. */
export interface DocumentedKey {
  readonly key: string;
  readonly doc: KeyDoc;
  readonly schema: z.ZodType;
}

/** All plain keys in the schema's order, groups before their members. */
export function documentedKeys(schema: z.ZodType = settingsSchema, path = ""): DocumentedKey[] {
  return Object.entries(shapeOf(schema)).flatMap(([name, member]) => {
    const key = path === "" ? name : `${path}.${name}`;
    return [
      { key, doc: member.meta() as unknown as KeyDoc, schema: member },
      ...documentedKeys(member, key),
    ];
  });
}

/** The members of a group, whether or not the group itself may be left out. */
function shapeOf(schema: z.ZodType): Record<string, z.ZodType> {
  const { def } = schema as unknown as { def: { shape?: object; innerType?: z.ZodType } };
  if (def.shape) return def.shape as Record<string, z.ZodType>;
  return def.innerType ? shapeOf(def.innerType) : {};
}

/** Every problem that the schema found, each with what to do about it. */
export function schemaProblems(error: z.ZodError, input: unknown): Problem[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((unknown) => unknownKey([...path, unknown].join(".")));
    }
    if (issue.code === "invalid_key") return [unknownKey(path.join("."))];
    const key = path.join(".");
    if (issue.code === "custom" && issue.message.startsWith("expected")) {
      return [{ key, problem: issue.message }];
    }
    return [{ key, problem: wrongValue(key, valueAt(input, path)) }];
  });
}

/** The schema skips the key `__proto__` of a record without a word, so it is looked for here. */
export function skippedKeys(input: unknown): Problem[] {
  const { images } = input as { readonly images?: { readonly overrides?: unknown } };
  const overrides: unknown = images?.overrides;
  const isThere =
    typeof overrides === "object" && overrides !== null && Object.hasOwn(overrides, "__proto__");
  return isThere ? [unknownKey("images.overrides.__proto__")] : [];
}

/** Secrets that nothing can be made up for. */
const accountKeys: ReadonlySet<SecretKey> = new Set(["datadogApiKey", "datadogAppKey"]);

/** Problems of the secrets; they never quote a value. */
export function secretProblems(
  secrets: Readonly<Partial<Record<SecretKey, "encrypted" | "in clear" | "empty">>>,
  keysAreOptional: boolean,
): Problem[] {
  return (Object.keys(secretKeys) as SecretKey[]).flatMap((key) => {
    const stored = secrets[key];
    const optional = keysAreOptional || !accountKeys.has(key);
    if (stored === "encrypted" || (stored === undefined && optional)) return [];
    const got =
      stored === undefined ? "nothing" : stored === "empty" ? "an empty text" : "plain text";
    const remedy = `set it with: pulumi config set --secret ${key}`;
    return [{ key, problem: `expected a secret, got ${got}; ${remedy}` }];
  });
}

function unknownKey(key: string): Problem {
  const all = [
    ...documentedKeys().map((known) => known.key),
    ...serviceNames.map((service) => `images.overrides.${service}`),
    ...Object.keys(secretKeys),
  ];
  const guess = nearest(key, all);
  const remedy = guess === undefined ? "see docs/configuration.md" : `did you mean ${guess}?`;
  return { key: oneLine(key), problem: `unknown key; ${remedy}` };
}

function wrongValue(key: string, value: unknown): string {
  const known = documentedKeys().filter(
    (known) => key === known.key || key.startsWith(`${known.key}.`),
  );
  const nearestKey = known.at(-1);
  const got = value === undefined ? "nothing" : oneLine(JSON.stringify(value));
  if (nearestKey === undefined) return `got ${got}; see docs/configuration.md`;
  const { doc } = nearestKey;
  const option = key.includes(".") ? "--path " : "";
  const remedy = /^[{[]/.test(doc.example)
    ? `write it as ${doc.example}`
    : `set it with: pulumi config set ${option}${key} ${doc.example}`;
  return `expected ${doc.expected}, got ${got}; ${remedy}`;
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === "object" && value !== null
        ? (value as Record<string, unknown>)[name]
        : undefined,
    input,
  );
}

/** A key or value can be any text; its report stays one line of readable length. */
function oneLine(text: string): string {
  const visible = text.replace(/\p{C}/gu, "?");
  return visible.length > 80 ? `${visible.slice(0, 79)}…` : visible;
}
