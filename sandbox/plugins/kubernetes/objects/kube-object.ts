import {
  isPropertyList,
  isPropertyMap,
  type PropertyMap,
  type PropertyValue,
} from "../../grpc/property-value.ts";

/** An object as the API server or the program writes it: plain JSON, without secrets inside. */
export type KubeObject = PropertyMap;

/** What names a kind: `{apiVersion: "apps/v1", kind: "Deployment"}`. */
export interface ApiKind {
  readonly apiVersion: string;
  readonly kind: string;
}

export type Path = readonly (string | number)[];

export function valueAt(object: PropertyValue | undefined, path: Path): PropertyValue | undefined {
  return path.reduce<PropertyValue | undefined>((value, segment) => {
    if (typeof segment === "number") return isPropertyList(value) ? value[segment] : undefined;
    return isPropertyMap(value) ? value[segment] : undefined;
  }, object);
}

/** The text there, or "" for anything else. */
export function stringAt(object: PropertyValue | undefined, ...path: Path): string {
  const value = valueAt(object, path);
  return typeof value === "string" ? value : "";
}

export function numberAt(object: PropertyValue | undefined, ...path: Path): number | undefined {
  const value = valueAt(object, path);
  return typeof value === "number" ? value : undefined;
}

/** The map there, or an empty one. */
export function mapAt(object: PropertyValue | undefined, ...path: Path): PropertyMap {
  const value = valueAt(object, path);
  return isPropertyMap(value) ? value : {};
}

/** The maps of the list there; other items are left out. */
export function mapsAt(object: PropertyValue | undefined, ...path: Path): readonly PropertyMap[] {
  const value = valueAt(object, path);
  return isPropertyList(value) ? value.filter(isPropertyMap) : [];
}

/** A copy with the value set; maps on the way are made as needed. */
export function withValue(
  object: PropertyMap,
  path: readonly string[],
  value: PropertyValue,
): PropertyMap {
  const [name, ...rest] = path;
  if (name === undefined) return object;
  if (rest.length === 0) return { ...object, [name]: value };
  return { ...object, [name]: withValue(mapAt(object, name), rest, value) };
}

/** A copy without the property at the path. */
export function without(object: PropertyMap, path: readonly string[]): PropertyMap {
  const [name, ...rest] = path;
  if (name === undefined || object[name] === undefined) return object;
  if (rest.length === 0) {
    return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
  }
  const inner = object[name];
  return isPropertyMap(inner) ? { ...object, [name]: without(inner, rest) } : object;
}

export function kindOf(object: KubeObject): ApiKind {
  return { apiVersion: stringAt(object, "apiVersion"), kind: stringAt(object, "kind") };
}

export function nameOf(object: KubeObject): string {
  return stringAt(object, "metadata", "name");
}

/** The namespace, or "" when none is written. */
export function namespaceOf(object: KubeObject): string {
  return stringAt(object, "metadata", "namespace");
}

export function uidOf(object: KubeObject): string {
  return stringAt(object, "metadata", "uid");
}

export function generationOf(object: KubeObject): number {
  return numberAt(object, "metadata", "generation") ?? 0;
}

/** The resource id in state: `namespace/name`, or the name of what has no namespace. */
export function idOf(object: KubeObject): string {
  const namespace = namespaceOf(object);
  return namespace === "" ? nameOf(object) : `${namespace}/${nameOf(object)}`;
}

export function parseId(id: string): { readonly namespace: string; readonly name: string } {
  const slash = id.indexOf("/");
  return { namespace: slash < 0 ? "" : id.slice(0, slash), name: id.slice(slash + 1) };
}

export function annotationOf(object: KubeObject, name: string): string {
  return stringAt(object, "metadata", "annotations", name);
}

/** Direct ownership only: a Deployment owns its ReplicaSets, not their Pods. */
export function isOwnedBy(object: KubeObject, owner: KubeObject): boolean {
  const uid = uidOf(owner);
  return mapsAt(object, "metadata", "ownerReferences").some((reference) => {
    return uid !== "" && stringAt(reference, "uid") === uid;
  });
}

export function conditionOf(object: KubeObject, type: string): PropertyMap | undefined {
  return mapsAt(object, "status", "conditions").find((it) => stringAt(it, "type") === type);
}

/** Whether the object's labels have all of the selector's. An empty selector selects nothing. */
export function selects(selector: PropertyMap, object: KubeObject): boolean {
  const labels = mapAt(object, "metadata", "labels");
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value);
}
