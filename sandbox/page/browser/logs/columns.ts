import type { FoundEvent, Log } from "../api/shapes.ts";
import { shownValue } from "../text/visible.ts";
import { clockTime } from "../time/words.ts";

/** One cell of a list stream: `content`, `service`, `@order.id` or a tag's key. */
export function logCell({ attributes: log }: Log, field: string): string {
  const own: Partial<Record<string, string>> = {
    timestamp: clockTime(Date.parse(log.timestamp)),
    content: log.message,
    message: log.message,
    service: log.service,
    status: log.status,
    host: log.host,
  };
  return cellOf(own, field, { attributes: log.attributes, tags: log.tags });
}

/** One cell of a list of events: `title`, `content`, `@attribute` or a tag's key. */
export function eventCell({ attributes: event }: FoundEvent, field: string): string {
  const { attributes = {}, tags = [] } = event;
  const own: Partial<Record<string, string>> = {
    timestamp: clockTime(Date.parse(event.timestamp)),
    title: attributes.title ?? "",
    content: event.message ?? "",
    message: event.message ?? "",
    status: attributes.status ?? "",
    tags: tags.join(", "),
  };
  return cellOf(own, field, { attributes, tags });
}

interface Source {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
}

function cellOf(
  own: Readonly<Partial<Record<string, string>>>,
  field: string,
  { attributes, tags }: Source,
): string {
  if (Object.hasOwn(own, field)) return shownValue(own[field]);
  return field.startsWith("@")
    ? shownValue(valueAt(attributes, field.slice(1)))
    : shownValue(tagValue(tags, field));
}

/** The value at a path; a key with dots in it wins over nesting, as in Datadog. */
function valueAt(attributes: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(attributes, path)) return attributes[path];
  for (let dot = path.indexOf("."); dot > 0; dot = path.indexOf(".", dot + 1)) {
    const inner = Object.hasOwn(attributes, path.slice(0, dot))
      ? attributes[path.slice(0, dot)]
      : undefined;
    if (typeof inner === "object" && inner !== null) {
      const found = valueAt(inner as Readonly<Record<string, unknown>>, path.slice(dot + 1));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function tagValue(tags: readonly string[], key: string): string | undefined {
  return tags.find((tag) => tag.startsWith(`${key}:`))?.slice(key.length + 1);
}
