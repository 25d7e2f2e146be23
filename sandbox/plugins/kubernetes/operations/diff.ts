import { diffValues } from "../../grpc/property-diff.ts";
import {
  isPropertyList,
  isPropertyMap,
  UNKNOWN,
  type PropertyMap,
  type PropertyValue,
} from "../../grpc/property-value.ts";
import type { DiffResult, PropertyChange } from "../../grpc/provider.ts";
import { immutableFields, type Mutability } from "../objects/immutable-fields.ts";
import { normalizeInputs, withoutServerFields } from "../objects/inputs.ts";
import {
  kindOf,
  nameOf,
  namespaceOf,
  valueAt,
  without,
  withValue,
  type KubeObject,
} from "../objects/kube-object.ts";
import { isAutonamed } from "../objects/naming.ts";
import { isBuiltInGroup } from "../objects/type-token.ts";

export interface ObjectVersions {
  /** Inputs of the last update, or what a refresh found instead. */
  readonly oldInputs: KubeObject;
  readonly newInputs: KubeObject;

  /** What the server has, as recorded: it tells a name which the inputs leave out. */
  readonly live: KubeObject;
}

export interface DiffRules {
  readonly mutable: Mutability;

  /** Whether objects of this kind live in a namespace. */
  readonly namespaced: boolean;
}

/**
 * What an update would change. Only inputs are compared: what the server adds, defaults and
 * statuses alike, is no difference, and drift is seen once a refresh has put it into the inputs.
 */
export function diffObjects(versions: ObjectVersions, rules: DiffRules): DiffResult {
  const before = comparable(versions.oldInputs, versions.live, rules);
  const wanted = comparable(versions.newInputs, versions.live, rules);
  const after = isBuiltInGroup(kindOf(wanted).apiVersion)
    ? withoutNewEmptyLists(wanted, before)
    : wanted;
  const fields = immutableFields(kindOf(after), mutability(rules, versions));
  const changes = diffValues(before, after).map((change) => {
    const replace = fields.some((field) => reaches(field, change, [before, after]));
    return replace ? { ...change, replace } : change;
  });
  const replaced = changes.some((change) => change.replace);
  return { changes, deleteBeforeReplace: replaced && keepsName(after, versions.live, rules) };
}

/** Whether a replacement must wait until the old object is gone, because its name is taken. */
export function keepsName(inputs: KubeObject, live: KubeObject, rules: DiffRules): boolean {
  const name = nameOf(inputs);
  const namespace = rules.namespaced ? namespaceOf(inputs) || "default" : "";
  return (
    name !== "" && !isAutonamed(inputs) && name === nameOf(live) && namespace === namespaceOf(live)
  );
}

function comparable(inputs: KubeObject, live: KubeObject, rules: DiffRules): KubeObject {
  const plain = withoutServerFields(normalizeInputs(inputs));
  const metadata = plain["metadata"];
  if (!isPropertyMap(metadata)) return plain;
  const named =
    metadata["name"] === undefined ? withValue(plain, ["metadata", "name"], nameOf(live)) : plain;
  if (!rules.namespaced) return without(named, ["metadata", "namespace"]);
  const namespace = metadata["namespace"];
  return namespace === undefined || namespace === ""
    ? withValue(named, ["metadata", "namespace"], "default")
    : named;
}

/**
 * The inputs without empty lists that the state lacks: Kubernetes keeps no empty list of its own
 * kinds, so a refresh by the official plugin has taken them out of the inputs.
 */
function withoutNewEmptyLists(after: PropertyMap, before: PropertyValue | undefined): PropertyMap {
  const old = isPropertyMap(before) ? before : {};
  const entries = Object.entries(after).flatMap(([name, value]) => {
    if (isPropertyList(value) && value.length === 0 && old[name] === undefined) return [];
    const kept = isPropertyMap(value) ? withoutNewEmptyLists(value, old[name]) : value;
    return [[name, kept] as const];
  });
  return Object.fromEntries(entries);
}

/** An object marked `immutable: true` refuses what its kind would otherwise allow. */
function mutability(rules: DiffRules, { live }: ObjectVersions): Mutability {
  return live["immutable"] === true ? { configMaps: false, secrets: false } : rules.mutable;
}

/** Whether the change is at, inside, or around an immutable field. */
function reaches(field: string, change: PropertyChange, versions: readonly KubeObject[]): boolean {
  const path = change.path.replaceAll(/\[\d+\]/g, "[*]");
  if (path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`)) return true;
  if (!field.startsWith(`${path}.`)) return false;
  return versions.some((it) => {
    const value = valueAt(it, field.split("."));
    return value !== undefined && value !== UNKNOWN;
  });
}
