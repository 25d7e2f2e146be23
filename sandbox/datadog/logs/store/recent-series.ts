import { type MetricKind, type MetricSeries, type StoredPoint, tagsOf } from "./metric-store.ts";
import { firstAfter } from "./sorted.ts";

/** The points of a metric by its sets of tags, `from` outside and `to` inside. */
export type ReadSeries = (
  metric: string,
  from: number,
  to: number,
) => Map<string, MetricSeries & { points: StoredPoint[] }>;

/** What was asked for lately is kept in memory: a day of each metric that somebody reads. */
export interface RecentSeries {
  readonly series: (metric: string, from: number, to: number) => readonly MetricSeries[];
  /** Notes a point that was written, as it is now. */
  readonly put: (metric: string, written: Written) => void;
  /** Drops what is older than a day. */
  readonly prune: (now: number) => void;
  readonly forget: () => void;
}

interface Written {
  /** The set of tags as text. */
  readonly key: string;
  readonly kind: MetricKind;
  readonly point: StoredPoint;
}

interface Kept {
  /** Every point after this moment is here. */
  since: number;
  readonly series: Map<string, MetricSeries & { points: StoredPoint[] }>;
}

const keptMs = 25 * 3_600_000;

export function createRecentSeries(stored: ReadSeries): RecentSeries {
  const metrics = new Map<string, Kept>();
  let oldest = Number.NEGATIVE_INFINITY;

  const keptOf = (metric: string, from: number): Kept | undefined => {
    const known = metrics.get(metric);
    if (known !== undefined && known.since <= from) return known;
    if (from < oldest) return undefined;
    const since = Number.isFinite(oldest) ? oldest : from;
    const kept = { since, series: stored(metric, since, Number.MAX_SAFE_INTEGER) };
    metrics.set(metric, kept);
    return kept;
  };

  return {
    series: (metric, from, to) => {
      const kept = keptOf(metric, from);
      if (kept === undefined) return [...stored(metric, from, to).values()];
      return [...kept.series.values()].flatMap(({ tags, kind, points }) => {
        const part = between(points, from, to);
        return part.length === 0 ? [] : [{ tags, kind, points: part }];
      });
    },
    put: (metric, { key, kind, point }) => {
      const kept = metrics.get(metric);
      if (kept === undefined || point.at <= kept.since) return;
      const one = kept.series.get(key) ?? { tags: tagsOf(key), kind, points: [] };
      // the kind of the last point counts
      kept.series.set(key, one.kind === kind ? one : { ...one, kind });
      place(one.points, point);
    },
    prune: (now) => {
      oldest = now - keptMs;
      for (const kept of metrics.values()) dropBefore(kept, oldest);
    },
    forget: () => {
      metrics.clear();
    },
  };
}

/** Puts a point in its place, or over the one of the same moment. */
function place(points: StoredPoint[], point: StoredPoint): void {
  const after = firstAfter(points.length, (index) => points[index]?.at ?? 0, point.at);
  const isThere = points[after - 1]?.at === point.at;
  if (isThere) points[after - 1] = point;
  else points.splice(after, 0, point);
}

function between(points: readonly StoredPoint[], from: number, to: number): StoredPoint[] {
  const timeOf = (index: number) => points[index]?.at ?? 0;
  return points.slice(
    firstAfter(points.length, timeOf, from),
    firstAfter(points.length, timeOf, to),
  );
}

/** Many at once: each moves all that stay. */
const slackMs = 3_600_000;

function dropBefore(kept: Kept, moment: number): void {
  if (moment - kept.since < slackMs) return;
  kept.since = moment;
  for (const [key, { points }] of kept.series) {
    points.splice(
      0,
      firstAfter(points.length, (index) => points[index]?.at ?? 0, moment),
    );
    if (points.length === 0) kept.series.delete(key);
  }
}
