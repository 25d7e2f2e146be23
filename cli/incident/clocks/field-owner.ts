/** Who wrote a field of a Kubernetes object last, as the API server keeps it. */
export interface FieldOwner {
  readonly manager: string;

  /** `scale` where it was written through that subresource. */
  readonly subresource?: string;

  /** RFC 3339, to the second; the API server keeps none of a write through `scale`. */
  readonly time?: string;
}

interface ManagedFields {
  readonly manager?: string;
  readonly subresource?: string;
  readonly time?: string;
  readonly fieldsV1?: unknown;
}

/** A Kubernetes object with its managed fields. */
export interface Managed {
  readonly metadata?: { readonly managedFields?: readonly ManagedFields[] };
}

/** The field of an object that a fault changes: a Deployment's pods, or where a Service leads. */
export const faultFields = {
  replicas: ["f:spec", "f:replicas"],
  selector: ["f:spec", "f:selector"],
} as const;

/** The last of those who own a field; undefined where nobody does. */
export function fieldOwner(object: Managed, path: readonly string[]): FieldOwner | undefined {
  return (object.metadata?.managedFields ?? [])
    .filter(({ fieldsV1 }) => hasField(fieldsV1, path))
    .map(({ manager = "unknown", subresource, time }) => ({
      manager,
      ...(time !== undefined && { time }),
      ...(subresource !== undefined && { subresource }),
    }))
    .sort((one, other) => (one.time ?? "").localeCompare(other.time ?? ""))
    .at(-1);
}

function hasField(fields: unknown, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return true;
  if (typeof fields !== "object" || fields === null || !(first in fields)) return false;
  return hasField((fields as Readonly<Record<string, unknown>>)[first], rest);
}
