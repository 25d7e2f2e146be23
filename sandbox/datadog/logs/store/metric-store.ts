import type { DatabaseSync } from "node:sqlite";

export type MetricKind = "gauge" | "count" | "rate" | "distribution";

/** What one metric was with one set of tags in one piece of time. */
export interface MetricPoint {
  readonly metric: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `key:value`. */
  readonly tags: readonly string[];
  readonly kind: MetricKind;
  /** Counts and distributions: what is to be added; others: what it is. */
  readonly value: number;
  /** Distributions: each sample. */
  readonly samples?: readonly number[];
}

/** Points of one metric with one set of tags, in order of time. */
interface MetricSeries {
  readonly tags: readonly string[];
  readonly kind: MetricKind;
  readonly points: readonly Omit<MetricPoint, "metric" | "tags" | "kind">[];
}

export interface MetricStore {
  /** Counts and samples of one moment and one set of tags add up; a gauge keeps the last value. */
  add(points: readonly MetricPoint[]): void;
  /** Points of a metric, `from` outside of the time and `to` inside, in milliseconds. */
  series(metric: string, from: number, to: number): MetricSeries[];
  /** All metrics that have points since then. */
  names(since: number): string[];
  /** Forgets what is too old. */
  prune(now: number): void;
}

/** Monitors look back two days at most; a dashboard of an incident not further. */
const kept = 3 * 24 * 3_600_000;

/** Enough for any percentile of ten seconds; more would only cost space. */
const mostSamples = 1000;

export function createMetricStore(database: DatabaseSync): MetricStore {
  const there = database.prepare(
    "SELECT value, samples FROM points WHERE metric = ? AND at = ? AND tags = ?",
  );
  const put = database.prepare(
    `INSERT OR REPLACE INTO points (metric, at, tags, kind, value, samples)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const select = database.prepare(
    `SELECT at, tags, kind, value, samples FROM points
     WHERE metric = ? AND at > ? AND at <= ? ORDER BY at`,
  );
  const names = database.prepare(
    "SELECT DISTINCT metric FROM points WHERE at >= ? ORDER BY metric",
  );
  const prune = database.prepare("DELETE FROM points WHERE at < ?");

  return {
    add: (points) => {
      for (const { metric, at, tags, kind, value, samples } of points) {
        const key = tagKey(tags);
        const before = there.get(metric, at, key);
        const adds = kind === "count" || kind === "distribution";
        const sum = value + (adds ? Number(before?.["value"] ?? 0) : 0);
        const all = samples && [...samplesOf(before?.["samples"]), ...samples];
        const text = all === undefined ? null : JSON.stringify(all.slice(0, mostSamples));
        put.run(metric, at, key, kind, sum, text);
      }
    },
    series: (metric, from, to) => {
      const found = new Map<string, MetricSeries & { points: MetricSeries["points"][number][] }>();
      for (const row of select.iterate(metric, Math.floor(from), Math.floor(to))) {
        const key = String(row["tags"]);
        const kind = String(row["kind"]) as MetricKind;
        const one = found.get(key) ?? { tags: tagsOf(key), kind, points: [] };
        const samples = row["samples"] === null ? {} : { samples: samplesOf(row["samples"]) };
        one.points.push({ at: Number(row["at"]), value: Number(row["value"]), ...samples });
        found.set(key, one);
      }
      return [...found.values()];
    },
    names: (since) => names.all(since).map((row) => String(row["metric"])),
    prune: (now) => {
      prune.run(now - kept);
    },
  };
}

/** The same set of tags is the same text, in whatever order it came. */
function tagKey(tags: readonly string[]): string {
  return JSON.stringify([...new Set(tags)].toSorted());
}

function tagsOf(key: string): string[] {
  return JSON.parse(key) as string[];
}

function samplesOf(text: unknown): number[] {
  return typeof text === "string" ? (JSON.parse(text) as number[]) : [];
}
