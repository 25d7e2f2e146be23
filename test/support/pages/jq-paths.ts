/**
 * Paths of a jq filter that a JSON value does not have: the one that ends with `[]` leads to a list,
 * the others to members of each item of it. Knows filters of this one shape.
 */
export function unknownPaths(filter: string, value: unknown): readonly string[] {
  const paths = [...filter.matchAll(/(?<![\w"])\.(\w+(?:\.\w+)*)(\[\])?/g)];
  const [list = ""] = paths.flatMap(([, path, each]) => (each === undefined ? [] : [path]));
  const items = memberOf(value, list);
  if (!Array.isArray(items)) return [list];
  const members = paths.flatMap(([, path = "", each]) => (each === undefined ? [path] : []));
  const isUnknown = (path: string) => items.some((item) => memberOf(item, path) === undefined);
  return [...new Set(members)].filter(isUnknown);
}

function memberOf(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}
