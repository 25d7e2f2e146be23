import { isObject } from "../../sandbox/datadog/logs/log-event.ts";

/** How many keys and values of an answer were compared, and those that differ. */
export interface Comparison {
  readonly compared: number;
  readonly differences: readonly string[];
}

/** Values that no two accounts share: only that they are there, and of which type, is compared. */
const ownValue =
  /(?:^|\.)(?:id|public_id|created|modified|created_at|modified_at|url|org_id|uuid|canceled|matching_downtimes|deleted|state|overall_state|start|end|monitor_id|widget_ids\[\])$/;

/** People and moments, which may be null in one account and not in another. */
const person =
  /(?:^|\.)(?:creator|author_handle|author_name|created_by|modified_by|overall_state_modified)(?:\.|$)/;

/** Lists without an order. */
const set =
  /(?:^|\.)(?:tags|notify_end_states|notify_end_types|group_by|restricted_roles|monitor_tags)$/;

const none: Comparison = { compared: 0, differences: [] };

/** Compares a recorded answer with ours, key by key; ids of the recording stand for ours. */
export function compareAnswers(
  there: unknown,
  here: unknown,
  ids: ReadonlyMap<string, string>,
  request: string,
): Comparison {
  if (request.includes("pipeline-order")) return none;
  const isList = request.startsWith("GET") && isListOf(there, request);
  return isList ? compareLists(there, here, ids) : compare(there, here, { path: "", ids });
}

/** Not the answers for one object: SLOs come as lists of one from a path with an id. */
function isListOf(value: unknown, request: string): boolean {
  const path = /\/(?:monitor|dashboard|pipelines|metrics|slo|downtime)(?:\?|$)/;
  return itemsOf(value) !== undefined && path.test(request);
}

function itemsOf(value: unknown): Record<string, unknown>[] | undefined {
  const outer = isObject(value) ? value : {};
  const items = outer["data"] ?? outer["dashboards"] ?? outer["monitors"] ?? value;
  return Array.isArray(items) ? (items as Record<string, unknown>[]) : undefined;
}

/** Of a list only what the cassette itself has made; an account holds much else. */
function compareLists(there: unknown, here: unknown, ids: ReadonlyMap<string, string>): Comparison {
  const ours = itemsOf(here);
  if (ours === undefined) return { compared: 1, differences: ["[]: a list there, none here"] };
  const made = (itemsOf(there) ?? []).filter((item) => ids.has(String(item["id"])));
  return sum(
    made.map((item) => {
      const same = ours.find((other) => String(other["id"]) === ids.get(String(item["id"])));
      return same === undefined
        ? { compared: 1, differences: ["[]: not in our list"] }
        : compare(item, same, { path: "[]", ids });
    }),
  );
}

interface Place {
  readonly path: string;
  readonly ids: ReadonlyMap<string, string>;
}

function compare(there: unknown, here: unknown, place: Place): Comparison {
  const { path } = place;
  if (person.test(path)) return none;
  if (Array.isArray(there) && Array.isArray(here)) return compareArrays(there, here, place);
  if (isObject(there) && isObject(here)) return compareObjects(there, here, place);
  return { compared: 1, differences: isSame(there, here, place) ? [] : [shown(path, there, here)] };
}

function compareArrays(
  there: readonly unknown[],
  here: readonly unknown[],
  { path, ids }: Place,
): Comparison {
  if (set.test(path)) {
    const [one, other] = [there, here].map((list) => list.map(sorted).sort().join());
    return { compared: 1, differences: one === other ? [] : [shown(path, there, here)] };
  }
  if (there.length !== here.length) {
    const counts = `${path}: ${there.length} items there, ${here.length} here`;
    return { compared: 1, differences: [counts] };
  }
  return sum(there.map((item, index) => compare(item, here[index], { path: `${path}[]`, ids })));
}

function compareObjects(
  there: Record<string, unknown>,
  here: Record<string, unknown>,
  { path, ids }: Place,
): Comparison {
  const keys = [...new Set([...Object.keys(there), ...Object.keys(here)])];
  return sum(
    keys.map((key) => {
      const at = path === "" ? key : `${path}.${key}`;
      if (person.test(at)) return none;
      if (!Object.hasOwn(here, key) || !Object.hasOwn(there, key)) {
        return { compared: 1, differences: [shown(at, there[key], here[key])] };
      }
      return compare(there[key], here[key], { path: at, ids });
    }),
  );
}

function isSame(there: unknown, here: unknown, { path, ids }: Place): boolean {
  if (kindOf(there) !== kindOf(here)) return false;
  if (there === here || ownValue.test(path) || ids.get(String(there)) === String(here)) return true;
  return typeof there === "string" && withOurIds(there, ids) === here;
}

/** A text in which the ids of the recording are replaced by ours. */
export function withOurIds(text: string, ids: ReadonlyMap<string, string>): string {
  return [...ids].reduce(
    (result, [from, to]) => (from.length > 4 ? result.replaceAll(from, to) : result),
    text,
  );
}

function sum(parts: readonly Comparison[]): Comparison {
  return {
    compared: parts.reduce((count, { compared }) => count + compared, 0),
    differences: parts.flatMap(({ differences }) => differences),
  };
}

function sorted(value: unknown): string {
  return JSON.stringify(isObject(value) ? Object.entries(value).sort() : value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

function shown(path: string, there: unknown, here: unknown): string {
  return `${path}: ${cut(there)} there, ${cut(here)} here`;
}

function cut(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 90 ? `${text.slice(0, 90)}…` : text;
}
