import { createHash, randomBytes } from "node:crypto";
import { isPropertyMap, UNKNOWN, type PropertyMap } from "../../grpc/property-value.ts";
import { annotationOf, mapAt, nameOf, withValue, type KubeObject } from "./kube-object.ts";

const AUTONAMED = "pulumi.com/autonamed";
const MANAGED_BY = "app.kubernetes.io/managed-by";

/** Eight hex digits: the same ones for the same seed, random ones without a seed. */
export function uniqueSuffix(seed: Uint8Array): string {
  if (seed.length === 0) return randomBytes(4).toString("hex");
  return createHash("sha256").update(seed).digest("hex").slice(0, 8);
}

export function newFieldManager(): string {
  return `pulumi-kubernetes-${uniqueSuffix(new Uint8Array())}`;
}

/** Whether the name was made up here, so that a replacement can get another one. */
export function isAutonamed(object: KubeObject): boolean {
  return annotationOf(object, AUTONAMED) === "true";
}

export interface Naming {
  /** Inputs of the last update; empty for a new resource. */
  readonly oldInputs: KubeObject;

  /** The resource's name in the program. */
  readonly resourceName: string;
  readonly randomSeed: Uint8Array;
}

/**
 * Inputs with a name: the user's own, else the name given earlier, else `<resource>-<8 hex>`,
 * marked as such by an annotation. A name that is not known yet counts as the user's.
 */
export function withName(inputs: KubeObject, naming: Naming): KubeObject {
  const metadata = inputs["metadata"];
  if (metadata === UNKNOWN || hasName(metadata)) return inputs;
  if (Object.keys(naming.oldInputs).length > 0) {
    return isAutonamed(naming.oldInputs) ? autonamed(inputs, nameOf(naming.oldInputs)) : inputs;
  }
  return autonamed(inputs, `${naming.resourceName}-${uniqueSuffix(naming.randomSeed)}`);
}

/** Keeps the label on objects that got it from an older plugin; new objects don't have it. */
export function withManagedBy(inputs: KubeObject, oldInputs: KubeObject): KubeObject {
  const old = mapAt(oldInputs, "metadata", "labels")[MANAGED_BY];
  const metadata = inputs["metadata"];
  if (old !== "pulumi" || metadata === UNKNOWN) return inputs;
  if (isPropertyMap(metadata) && metadata["labels"] === UNKNOWN) return inputs;
  return withValue(inputs, ["metadata", "labels", MANAGED_BY], "pulumi");
}

function hasName(metadata: PropertyMap[string]): boolean {
  if (!isPropertyMap(metadata)) return false;
  const name = metadata["name"];
  return name === UNKNOWN || (typeof name === "string" && name !== "");
}

function autonamed(inputs: KubeObject, name: string): KubeObject {
  const named = withValue(inputs, ["metadata", "name"], name);
  if (mapAt(named, "metadata")["annotations"] === UNKNOWN) return named;
  return withValue(named, ["metadata", "annotations", AUTONAMED], "true");
}
