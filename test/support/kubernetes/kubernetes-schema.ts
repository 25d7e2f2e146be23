import * as models from "@kubernetes/client-node";

interface Attribute {
  readonly baseName: string;
  readonly type: string;
}

/**
 * Everything in a manifest that Kubernetes' API knows no field or another type for, one path each.
 *
 * Mirrors the structure of the API as the official client was generated from it; does not cover
 * required fields, formats or what admission and controllers decide.
 */
export function unknownToKubernetes(value: unknown, type: string, path = ""): string[] {
  if (value === undefined) return [];
  const item = /^Array<(.+)>$/.exec(type)?.[1];
  if (item !== undefined) {
    if (!Array.isArray(value)) return [`${path}: not a list`];
    return value.flatMap((entry, i) => unknownToKubernetes(entry, item, `${path}[${i}]`));
  }
  const typeOf = fieldTypes(type);
  if (typeOf === undefined) return scalarProblem(value, type, path);
  if (typeof value !== "object" || value === null) return [`${path}: not an object`];
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = path === "" ? name : `${path}.${name}`;
    const inside = typeOf(name);
    return inside === undefined ? [`${at}: no such field`] : unknownToKubernetes(inner, inside, at);
  });
}

/** The type of each field of an object type; nothing for a type without fields. */
function fieldTypes(type: string): ((name: string) => string | undefined) | undefined {
  const entry = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (entry !== undefined) return () => entry;
  const attributes = attributesOf(type);
  return attributes && ((name) => attributes.find(({ baseName }) => baseName === name)?.type);
}

function scalarProblem(value: unknown, type: string, path: string): string[] {
  const fits =
    type === "IntOrString"
      ? typeof value === "string" || Number.isInteger(value)
      : typeof value === type;
  return fits ? [] : [`${path}: ${typeof value}, not ${type}`];
}

function attributesOf(type: string): readonly Attribute[] | undefined {
  const model = (models as unknown as Record<string, { getAttributeTypeMap?: () => Attribute[] }>)[
    type
  ];
  return model?.getAttributeTypeMap?.();
}
