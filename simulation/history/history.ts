import {
  liveSources,
  type TelemetryReader,
} from "../../sandbox/datadog/evaluation/values/live-sources.ts";
import type { Sources } from "../../sandbox/datadog/evaluation/values/data.ts";
import type { LogEvent } from "../../sandbox/datadog/logs/log-event.ts";
import { parseSearch } from "../../sandbox/datadog/search/parse.ts";
import { predicateOf } from "../../sandbox/datadog/search/predicate.ts";
import { emptyState, type Slo } from "../../sandbox/datadog/state.ts";

type Metrics = ReturnType<TelemetryReader["metrics"]["series"]>[number];
type Checks = ReturnType<TelemetryReader["checks"]["runs"]>[number];

/** Signals of a time that is over, as Datadog had them. */
export interface History {
  /** Milliseconds since 1970: where the data begin, where what is asked about begins, and its end. */
  readonly begins: number;
  readonly from: number;
  readonly to: number;

  /** Oldest first. */
  readonly logs: readonly LogEvent[];
  readonly series: ReadonlyMap<string, readonly Metrics[]>;
  readonly checks: ReadonlyMap<string, readonly Checks[]>;
  readonly slos: readonly Slo[];
}

interface ExportedLog {
  readonly id: string;
  readonly attributes: {
    readonly timestamp: string;
    readonly message?: string;
    readonly status?: string;
    readonly host?: string;
    readonly service?: string;
    readonly tags?: readonly string[];
    readonly attributes?: LogEvent["attributes"];
  };
}

/**
 * Reads the world of a bundle.
 *
 * @param files - texts by path, such as `world/logs.jsonl`
 * @throws one line that names the file, where it is missing or cannot be read
 */
export function readHistory(files: ReadonlyMap<string, string>): History {
  const window = jsonIn(files, "world/window.json") as Record<"begins" | "from" | "to", string>;
  const logs = linesIn<ExportedLog>(files, "world/logs.jsonl").map(eventOf);
  const series = linesIn<Metrics & { metric: string }>(files, "world/series.jsonl");
  const checks = linesIn<Checks & { name: string }>(files, "world/checks.jsonl");
  const { data = [] } = jsonIn(files, "world/slos.json") as { data?: readonly Slo[] };
  return {
    begins: Date.parse(window.begins),
    from: Date.parse(window.from),
    to: Date.parse(window.to),
    logs: logs.sort((one, other) => one.timestamp - other.timestamp),
    series: grouped(series, ({ metric }) => metric),
    checks: grouped(checks, ({ name }) => name),
    slos: data,
  };
}

function grouped<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? [];
    group.push(item);
    groups.set(keyOf(item), group);
  }
  return groups;
}

function jsonIn(files: ReadonlyMap<string, string>, path: string): unknown {
  const text = files.get(path);
  if (text === undefined) throw new Error(`the bundle has no ${path}`);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new Error(`${path} of the bundle is no JSON`, { cause });
  }
}

/** A file that is not there has no lines: an account's API gives no raw series. */
function linesIn<Line>(files: ReadonlyMap<string, string>, path: string): Line[] {
  const lines = (files.get(path) ?? "").split("\n");
  return lines.flatMap((line, index) => {
    if (line === "") return [];
    try {
      return [JSON.parse(line) as Line];
    } catch (cause) {
      throw new Error(`${path} of the bundle: line ${index + 1} is no JSON`, { cause });
    }
  });
}

/** The API shows the source as a tag. */
function eventOf({ id, attributes: log }: ExportedLog): LogEvent {
  const tags = [...(log.tags ?? [])];
  const source = tags.find((tag) => tag.startsWith("source:"))?.slice("source:".length) ?? "";
  return {
    id,
    timestamp: Date.parse(log.timestamp),
    message: log.message ?? "",
    status: log.status ?? "info",
    host: log.host ?? "",
    service: log.service ?? "",
    source,
    trace_id: "",
    tags: tags.filter((tag) => !tag.startsWith("source:")),
    attributes: log.attributes ?? {},
  };
}

/** The signals as the evaluation reads them; nothing is known that came later than it asks for. */
export function historySources(history: History): Sources {
  const known = new Map<string, readonly LogEvent[]>();
  const matching = (query: string): readonly LogEvent[] => {
    const found = known.get(query) ?? history.logs.filter(predicateOf(parseSearch(query)));
    known.set(query, found);
    return found;
  };
  const reader: TelemetryReader = {
    logs: {
      find: ({ query, from, to }) =>
        within(matching(query), ({ timestamp }) => timestamp, from - 1, to).map((event) => ({
          event,
        })),
    },
    metrics: {
      series: (metric, from, to) =>
        (history.series.get(metric) ?? []).map((one) => ({
          ...one,
          points: within(one.points, ({ at }) => at, from, to),
        })),
    },
    checks: {
      runs: (name, from, to) => within(history.checks.get(name) ?? [], ({ at }) => at, from, to),
    },
  };
  const state = { ...emptyState(new Date(history.begins)), slos: [...history.slos] };
  return liveSources(reader, state);
}

/** What happened after `from` and up to `to`, of what is sorted by time. */
function within<Item>(
  sorted: readonly Item[],
  timeOf: (item: Item) => number,
  from: number,
  to: number,
): readonly Item[] {
  return sorted.slice(firstAfter(sorted, timeOf, from), firstAfter(sorted, timeOf, to));
}

function firstAfter<Item>(
  sorted: readonly Item[],
  timeOf: (item: Item) => number,
  time: number,
): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item === undefined || timeOf(item) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}
