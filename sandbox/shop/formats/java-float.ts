import { isObject, type Json } from "../json.ts";

declare global {
  interface JSON {
    /** Text that `JSON.stringify` writes as it is (V8 11.4 and later). */
    rawJSON(text: string): unknown;
  }
}

/** Java's `Float.toString` for the sizes a price can have: shortest digits that name the float. */
export function javaFloat(value: number): string {
  const float = Math.fround(value);
  for (let digits = 1; digits <= 9; digits += 1) {
    const candidate = float.toPrecision(digits);
    if (Math.fround(Number(candidate)) === float) {
      const shortest = String(Number(candidate));
      return /[.e]/.test(shortest) ? shortest : `${shortest}.0`;
    }
  }
  return String(float);
}

const floatFields: ReadonlySet<string> = new Set(["unitPrice", "total", "amount"]);

/** JSON as Jackson writes our entities: their float fields as Java prints floats (`15.0`). */
export function jacksonJson(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) =>
    typeof inner === "number" && floatFields.has(key) ? JSON.rawJSON(javaFloat(inner)) : inner,
  );
}

/** The same, as Jackson's default printer indents it: by two blanks, arrays on one line. */
export function jacksonPretty(value: unknown): string {
  return indented(JSON.parse(jacksonJson(value)) as Json, "", "");
}

function indented(value: Json, key: string, indent: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return "[ ]";
    return `[ ${value.map((item: Json) => indented(item, key, indent)).join(", ")} ]`;
  }
  if (!isObject(value))
    return jacksonJson({ [key]: value }).slice(JSON.stringify(key).length + 2, -1);
  const fields = Object.entries(value).map(
    ([name, inner = null]) =>
      `${indent}  ${JSON.stringify(name)} : ${indented(inner, name, `${indent}  `)}`,
  );
  return fields.length === 0 ? "{ }" : `{\n${fields.join(",\n")}\n${indent}}`;
}
