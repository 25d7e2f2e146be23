import type { DatabaseSync } from "node:sqlite";
import { createRecentSeries, type ReadSeries } from "./recent-series.ts";

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

/** One moment of a series; the samples are of a distribution. */
export type StoredPoint = Omit<MetricPoint, "metric" | "tags" | "kind">;

/** Points of one metric with one set of tags, in order of time. */
export interface MetricSeries {
  readonly tags: readonly string[];
  readonly kind: MetricKind;
  readonly points: readonly StoredPoint[];
}

export interface MetricStore {
  /** Counts and samples of one moment and one set of tags add up; a gauge keeps the last value. */
  add(points: readonly MetricPoint[]): void;
  /** Points of a metric, `from` outside of the time and `to` inside, in milliseconds. */
  series(metric: string, from: number, to: number): readonly MetricSeries[];
  /** All metrics that have points since then. */
  names(since: number): string[];
  /** Each set of tags that points of a metric, or of all, have since then. */
  tagSets(since: number, metric?: string): readonly (readonly string[])[];
  /** What points of a metric are; undefined where it has none. */
  kindOf(metric: string): MetricKind | undefined;
  /** Forgets what is too old. */
  prune(now: number): void;
  /** Reads all from the database again. */
  forget(): void;
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
  const names = database.prepare(
    "SELECT DISTINCT metric FROM points WHERE at >= ? ORDER BY metric",
  );
  const prune = database.prepare("DELETE FROM points WHERE at < ?");
  const tagSets = database.prepare("SELECT DISTINCT tags FROM points WHERE at >= ?");
  const tagSetsOf = database.prepare(
    "SELECT DISTINCT tags FROM points WHERE metric = ? AND at >= ?",
  );
  const kindOf = database.prepare("SELECT kind FROM points WHERE metric = ? LIMIT 1");
  const stored = storedSeries(database);
  const recent = createRecentSeries(stored);

  return {
    add: (points) => {
      for (const { metric, at, tags, kind, value, samples } of points) {
        const key = tagKey(tags);
        const before = there.get(metric, at, key);
        const adds = kind === "count" || kind === "distribution";
        const sum = value + (adds ? Number(before?.["value"] ?? 0) : 0);
        const all =
          samples && [...samplesOf(before?.["samples"]), ...samples].slice(0, mostSamples);
        put.run(metric, at, key, kind, sum, all === undefined ? null : JSON.stringify(all));
        const point = { at, value: sum, ...(all && { samples: all }) };
        recent.put(metric, { key, kind, point });
      }
    },
    series: recent.series,
    names: (since) => names.all(since).map((row) => String(row["metric"])),
    tagSets: (since, metric) => {
      const rows = metric === undefined ? tagSets.all(since) : tagSetsOf.all(metric, since);
      return rows.map((row) => tagsOf(String(row["tags"])));
    },
    kindOf: (metric) => kindOf.get(metric)?.["kind"] as MetricKind | undefined,
    prune: (now) => {
      prune.run(now - kept);
      recent.prune(now);
    },
    forget: recent.forget,
  };
}

/** Reads the points of a metric, `from` outside and `to` inside. */
function storedSeries(database: DatabaseSync): ReadSeries {
  const select = database.prepare(
    `SELECT at, tags, kind, value, samples FROM points
     WHERE metric = ? AND at > ? AND at <= ? ORDER BY at`,
  );
  return (metric, from, to) => {
    const found = new Map<string, MetricSeries & { points: StoredPoint[] }>();
    for (const row of select.iterate(metric, Math.floor(from), Math.floor(to))) {
      const key = String(row["tags"]);
      const kind = String(row["kind"]) as MetricKind;
      const one = found.get(key) ?? { tags: tagsOf(key), kind, points: [] };
      const samples = row["samples"] === null ? {} : { samples: samplesOf(row["samples"]) };
      one.points.push({ at: Number(row["at"]), value: Number(row["value"]), ...samples });
      found.set(key, one);
    }
    return found;
  };
}

/** The same set of tags is the same text, in whatever order it came. */
function tagKey(tags: readonly string[]): string {
  return JSON.stringify([...new Set(tags)].toSorted());
}

export function tagsOf(key: string): string[] {
  return JSON.parse(key) as string[];
}

function samplesOf(text: unknown): number[] {
  return typeof text === "string" ? (JSON.parse(text) as number[]) : [];
}
