import type { TemplateVariable } from "../api/shapes.ts";

/** Values that were picked, by the name of the variable. */
export type Picked = Readonly<Record<string, string>>;

/** `tpl_var_<name>` of Datadog's addresses, else the variable's default, else `*`. */
export function pickedOf(variables: readonly TemplateVariable[], search: URLSearchParams): Picked {
  return Object.fromEntries(
    variables.map(({ name, defaults, default: only }) => [
      name,
      search.get(`tpl_var_${name}`) ?? defaults?.[0] ?? only ?? "*",
    ]),
  );
}

/**
 * A query with its variables replaced: `$name` by `prefix:value`, `$name.value` by the value alone.
 * `*` matches all: `$name` is then `*` in a search, and falls out of a metric's scope that names more.
 */
export function expand(
  query: string,
  variables: readonly TemplateVariable[],
  picked: Picked,
): string {
  const byLength = variables.toSorted((a, b) => b.name.length - a.name.length);
  const expanded = byLength.reduce((text, { name, prefix }) => {
    const value = picked[name] ?? "*";
    const pattern = new RegExp(`\\$${escaped(name)}(\\.value)?(?![\\w-])`, "g");
    return text.replaceAll(pattern, (_whole, isValue: string | undefined) => {
      const key = prefix ?? "";
      return isValue !== undefined || value === "*" || key === "" ? value : `${key}:${value}`;
    });
  }, query);
  return expanded.replaceAll(/\{([^{}]*)\}/g, (_whole, scope: string) => `{${withoutAll(scope)}}`);
}

/** `a:b,*` is `a:b`. */
function withoutAll(scope: string): string {
  const parts = scope.split(",");
  const narrow = parts.filter((part) => part.trim() !== "*");
  return narrow.length === 0 ? "*" : narrow.join(",");
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
