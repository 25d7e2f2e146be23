import { isObject, type LogEvent } from "./log-event.ts";

/** One value that a processor changed; the one before or after is absent where there was none. */
export interface Change {
  /** A field of the log, or an attribute's path with @ before it. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What differs between a log before and after a processor, by path. */
export function changesBetween(before: LogEvent, after: LogEvent): readonly Change[] {
  const old = valuesOf(before);
  const now = valuesOf(after);
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((path) => {
    const [was, is] = [old.get(path), now.get(path)];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    return [
      { path, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) },
    ];
  });
}

function valuesOf({ attributes, ...fields }: LogEvent): ReadonlyMap<string, unknown> {
  return new Map([...Object.entries(fields), ...leavesOf(attributes, "@")]);
}

function leavesOf(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (!isObject(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, path === "@" ? `@${key}` : `${path}.${key}`),
  );
}
