import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { structPb } from "./packages.ts";
import { PluginError } from "./plugin-error.ts";
import {
  UNKNOWN,
  Secret,
  isPropertyList,
  isPropertyMap,
  mapValues,
  type PropertyMap,
  type PropertyValue,
} from "./property-value.ts";

// The engine marks typed values inside plain JSON by this key (pulumi sdk/go/common/resource/sig).
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
// By signature as JSON.
const REFUSED: Readonly<Record<string, string>> = {
  '"c44067f5952c0a294b673a41bacd8c17"': "an asset",
  '"0def7320c3a5731c473e5ecbe6d01bc7"': "an archive",
  '"5cf8f73096256a8f31e491e813e4eb8e"': "a resource reference",
};

// One sentinel for each type (pulumi sdk/go/common/resource/plugin/rpc.go); a plugin may answer
// with the one for strings whatever the type.
const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWNS: ReadonlySet<string> = new Set([
  UNKNOWN_STRING,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

type WireMap = Readonly<Record<string, JavaScriptValue>>;

/** Reads what the engine sent. An absent struct is an empty map. */
export function fromStruct(struct: Struct | undefined): PropertyMap {
  return struct === undefined ? {} : fromWireMap(struct.toJavaScript());
}

/** Writes properties in the form the engine reads; `undefined` properties are left out. */
export function toStruct(properties: PropertyMap): Struct {
  return structPb.Struct.fromJavaScript(toWireMap(properties));
}

function fromWireMap(map: WireMap): PropertyMap {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, fromWire(value)]));
}

function fromWire(value: JavaScriptValue): PropertyValue {
  if (typeof value === "string") return UNKNOWNS.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return (value as JavaScriptValue[]).map(fromWire);
  if (typeof value !== "object" || value === null) return value;
  const map = value as WireMap;
  const signature = map[SIGNATURE];
  return signature === undefined ? fromWireMap(map) : fromSigned(signature, map);
}

function fromSigned(signature: JavaScriptValue, map: WireMap): PropertyValue {
  if (signature === SECRET) return new Secret(fromWire(map["value"] ?? null));
  if (signature === OUTPUT_VALUE) return fromOutputValue(map);
  const kind = REFUSED[JSON.stringify(signature)] ?? "a value of an unknown kind";
  throw new PluginError(`${kind} is not supported by this stand-in: pass plain data instead`);
}

/** An output without a value is unknown; its dependencies matter only to components. */
function fromOutputValue(map: WireMap): PropertyValue {
  const value = map["value"] === undefined ? UNKNOWN : fromWire(map["value"]);
  return map["secret"] === true ? new Secret(value) : value;
}

function toWireMap(properties: PropertyMap): Record<string, JavaScriptValue> {
  const plain = mapValues(properties, (value) => value);
  return Object.fromEntries(
    Object.entries(plain).map(([name, value]) => [name, toWire(value ?? null)]),
  );
}

function toWire(value: PropertyValue): JavaScriptValue {
  if (value === UNKNOWN) return UNKNOWN_STRING;
  if (value instanceof Secret) return { [SIGNATURE]: SECRET, value: toWire(value.value) };
  if (isPropertyList(value)) return value.map(toWire);
  if (isPropertyMap(value)) return toWireMap(value);
  return value;
}
