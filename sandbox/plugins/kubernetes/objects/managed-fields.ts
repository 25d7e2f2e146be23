import { isPropertyMap, type PropertyMap } from "../../grpc/property-value.ts";
import { mapAt, mapsAt, stringAt, type KubeObject } from "./kube-object.ts";

// Managers whose fields an update takes over: this plugin's own creates, and kubectl's applies
// and edits. A change through a subresource (`kubectl scale`) is somebody's intent and stays.
const TAKEN_OVER = [
  ["kubectl", "Apply"],
  ["kubectl", "Update"],
  ["before-first-apply", "Update"],
  ["pulumi-kubernetes", "Update"],
  ["pulumi-resource-kubernetes", "Update"],
] as const;

/**
 * The object's `managedFields` after the manager took over the fields of {@link TAKEN_OVER}, or
 * undefined when there is nothing to take over.
 *
 * Objects are created by a plain POST, which makes us manager by "Update". Applying later under
 * another name would share the fields with that manager, and removed fields would stay.
 */
export function takeOverFields(
  object: KubeObject,
  manager: string,
): readonly PropertyMap[] | undefined {
  const entries = mapsAt(object, "metadata", "managedFields");
  const isOwn = (it: PropertyMap) =>
    stringAt(it, "manager") === manager && stringAt(it, "operation") === "Apply";
  const taken = entries.filter((it) => !isOwn(it) && isTakenOver(it));
  const first = entries.find(isOwn) ?? taken[0];
  if (taken.length === 0 || first === undefined) return undefined;
  const merged = taken.reduce<PropertyMap>(
    (fields, it) => mergeFields(fields, mapAt(it, "fieldsV1")),
    mapAt(first, "fieldsV1"),
  );
  const rest = entries.filter((it) => it !== first && !taken.includes(it));
  return [...rest, { ...first, manager, operation: "Apply", fieldsV1: merged }];
}

function isTakenOver(entry: PropertyMap): boolean {
  if (stringAt(entry, "subresource") !== "") return false;
  return TAKEN_OVER.some(
    ([prefix, operation]) =>
      stringAt(entry, "manager").startsWith(prefix) && stringAt(entry, "operation") === operation,
  );
}

/** `fieldsV1` is a tree of sets: the union has every branch of both. */
function mergeFields(left: PropertyMap, right: PropertyMap): PropertyMap {
  const entries = Object.entries(right).map(([name, value]) => {
    const other = left[name];
    return [name, isPropertyMap(other) && isPropertyMap(value) ? mergeFields(other, value) : value];
  });
  return { ...left, ...(Object.fromEntries(entries) as PropertyMap) };
}
