import { isDeepStrictEqual } from "node:util";
import {
  containsUnknowns,
  isPropertyList,
  isPropertyMap,
  type PropertyMap,
  type PropertyValue,
} from "../../grpc/property-value.ts";
import { mapAt, without, type KubeObject } from "./kube-object.ts";

const WRITTEN_BY_SERVER = [
  ["metadata", "creationTimestamp"],
  ["metadata", "deletionGracePeriodSeconds"],
  ["metadata", "deletionTimestamp"],
  ["metadata", "generation"],
  ["metadata", "managedFields"],
  ["metadata", "resourceVersion"],
  ["metadata", "uid"],
] as const;

const NOT_FROM_AN_IMPORT = [
  ["status"],
  ["metadata", "selfLink"],
  ["metadata", "annotations", "deployment.kubernetes.io/revision"],
  ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"],
] as const;

/**
 * Inputs as they are kept in state: without nulls and fields that only the server writes, and with
 * a Secret's `stringData` as `data`, which is how the server returns it.
 */
export function normalizeInputs(inputs: KubeObject): KubeObject {
  const cleaned = withoutServerFields(withoutNulls(inputs));
  return cleaned["kind"] === "Secret" && !containsUnknowns(cleaned["stringData"])
    ? withEncodedData(cleaned)
    : cleaned;
}

export function withoutServerFields(object: KubeObject): KubeObject {
  return WRITTEN_BY_SERVER.reduce<KubeObject>((it, path) => without(it, path), object);
}

/** Inputs for an object that was imported: everything it has that a user could have written. */
export function inputsFromLive(live: KubeObject): KubeObject {
  const all = [...WRITTEN_BY_SERVER, ...NOT_FROM_AN_IMPORT];
  const inputs = all.reduce<KubeObject>((it, path) => without(it, path), live);
  const annotations = mapAt(inputs, "metadata", "annotations");
  return Object.keys(annotations).length > 0
    ? inputs
    : without(inputs, ["metadata", "annotations"]);
}

/** What the cluster said at two times: when state was written, and now. */
export interface LiveStates {
  readonly recorded: KubeObject;
  readonly now: KubeObject;
}

/**
 * The inputs, with what somebody else changed since they were applied. A field whose live value is
 * still the recorded one keeps its input, so that `cpu: "0.5"` is not seen as drift from "500m";
 * fields that the inputs don't have are not looked at.
 */
export function inputsWithDrift(inputs: KubeObject, live: LiveStates): KubeObject {
  const drifted = withDrift(inputs, live.recorded, live.now);
  return isPropertyMap(drifted) ? drifted : inputs;
}

function withDrift(
  input: PropertyValue,
  recorded: PropertyValue | undefined,
  now: PropertyValue,
): PropertyValue {
  if (isDeepStrictEqual(recorded, now)) return input;
  if (isPropertyMap(input) && isPropertyMap(now)) return mapWithDrift(input, recorded, now);
  if (isPropertyList(input) && isPropertyList(now)) {
    const before = isPropertyList(recorded) ? recorded : [];
    return now
      .slice(0, input.length)
      .map((value, index) => withDrift(input[index] ?? null, before[index], value));
  }
  return now;
}

function mapWithDrift(
  input: PropertyMap,
  recorded: PropertyValue | undefined,
  now: PropertyMap,
): PropertyMap {
  const before = isPropertyMap(recorded) ? recorded : {};
  const entries = Object.entries(input).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const current = now[name];
    if (current !== undefined) return [[name, withDrift(value, before[name], current)] as const];
    // What the server never kept (an empty list, say) is no drift; what it kept and lost is.
    return before[name] === undefined ? [[name, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

function withoutNulls(map: PropertyMap): PropertyMap {
  const entries = Object.entries(map).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, withoutInnerNulls(value)] as const],
  );
  return Object.fromEntries(entries);
}

function withoutInnerNulls(value: PropertyValue): PropertyValue {
  if (isPropertyList(value)) return value.map(withoutInnerNulls);
  return isPropertyMap(value) ? withoutNulls(value) : value;
}

function withEncodedData(secret: KubeObject): KubeObject {
  const text = mapAt(secret, "stringData");
  if (Object.keys(text).length === 0) return without(secret, ["stringData"]);
  const encoded = Object.entries(text).map(([name, value]) => [
    name,
    typeof value === "string" ? Buffer.from(value).toString("base64") : value,
  ]);
  const data = { ...mapAt(secret, "data"), ...(Object.fromEntries(encoded) as PropertyMap) };
  return { ...without(secret, ["stringData"]), data };
}
