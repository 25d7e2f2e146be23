import type { Definition } from "../api/shapes.ts";
import { safeHref } from "../text/visible.ts";
import type { Window } from "../time/range.ts";
import { isRecord, type Expand } from "./requests.ts";

export interface CustomLink {
  readonly label: string;
  readonly href: string;
}

/**
 * The links that a widget declares, for the time that it shows: `{{$name}}` is a variable of the board,
 * `{{timestamp_start}}` and `{{timestamp_end}}` are milliseconds. What has another variable in it, or
 * is neither http nor https, is left out.
 *
 * @param base address that relative links are relative to
 */
export function customLinks(
  definition: Definition,
  window: Window,
  expand: Expand,
  base: string,
): readonly CustomLink[] {
  const declared = definition["custom_links"];
  if (!Array.isArray(declared)) return [];
  return (declared as readonly unknown[]).flatMap((one) => {
    const { label, link, is_hidden: isHidden } = isRecord(one) ? one : {};
    if (typeof label !== "string" || typeof link !== "string" || isHidden === true) return [];
    const filled = link
      .replaceAll("{{timestamp_start}}", String(Math.round(window.from)))
      .replaceAll("{{timestamp_end}}", String(Math.round(window.to)))
      .replaceAll(/\{\{(\$[\w.-]+)\}\}/g, (_whole, name: string) =>
        encodeURIComponent(expand(name)),
      );
    const href = filled.includes("{{") ? undefined : safeHref(filled, base);
    return href === undefined ? [] : [{ label, href }];
  });
}
