import type { Json } from "../json.ts";
import { isObject, parseJson } from "../json.ts";
import { GoError } from "./go-error.ts";

/** `json.Unmarshal` of a whole body into a value of unknown type. */
export function goUnmarshal(body: string): Json {
  const value = parseJson(body);
  if (value !== undefined) return value;
  throw new GoError(syntaxError(body, "unexpected end of JSON input"));
}

/** `json.NewDecoder(body).Decode`, which words the end of the body differently. */
export function goDecode(body: string): Json {
  if (body.trim() === "") throw new GoError("EOF");
  const value = parseJson(body);
  if (value !== undefined) return value;
  throw new GoError(syntaxError(body, "unexpected EOF"));
}

/** A value that is to become a struct: an object, or null, which leaves the struct empty. */
export function goObject(value: Json, type: string): Json {
  if (value === null || isObject(value)) return value;
  throw new GoError(`json: cannot unmarshal ${goKind(value)} into Go value of type ${type}`);
}

/** A field of a decoded struct: Go matches names without regard to case. */
function goField(value: Json, name: string): Json | undefined {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, name)) return value[name];
  const found = Object.keys(value).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : value[found];
}

/** A string field; Go leaves it empty where it is missing or null. */
export function goString(value: Json, name: string, struct: string): string {
  const found = goField(value, name) ?? null;
  if (found === null) return "";
  if (typeof found === "string") return found;
  throw typeMismatch(found, `${struct}.${name}`, "string");
}

/** A float32 field; Go leaves it 0 where it is missing or null. */
export function goFloat32(value: Json, name: string, struct: string): number {
  const found = goField(value, name) ?? null;
  if (found === null) return 0;
  if (typeof found !== "number") throw typeMismatch(found, `${struct}.${name}`, "float32");
  const float = Math.fround(found);
  if (Number.isFinite(float)) return float;
  throw typeMismatch(found, `${struct}.${name}`, "float32");
}

function typeMismatch(found: Json, target: string, type: string): GoError {
  return new GoError(
    `json: cannot unmarshal ${goKind(found)} into Go struct field ${target} of type ${type}`,
  );
}

function goKind(value: Json): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value === "number" ? `number ${value}` : typeof value;
}

/** Go names the character it stumbled over; V8 knows which one that is. */
function syntaxError(body: string, atEnd: string): string {
  try {
    JSON.parse(body);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    const position = /at position (\d+)/.exec(message)?.[1];
    const character =
      /^Unexpected token '(.+?)'/su.exec(message)?.[1] ??
      (position === undefined ? undefined : body[Number(position)]);
    if (character !== undefined) {
      const isAfter = message.startsWith("Unexpected non-whitespace character after JSON");
      const where = isAfter ? "after top-level value" : "looking for beginning of value";
      return `invalid character '${character}' ${where}`;
    }
  }
  return atEnd;
}
