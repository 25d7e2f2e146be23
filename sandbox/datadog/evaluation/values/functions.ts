import type { Grouped, Intervals, TimeAggregation } from "../query/metric-expression.ts";
import { Unread } from "../query/unread.ts";
import type { Grid } from "./interval.ts";
import { overTime } from "./time-aggregation.ts";

type Args = readonly (string | number)[];

/** A function of a query over all its groups. */
export function applied(name: string, args: Args, groups: Grouped, grid: Grid): Grouped {
  if (name === "top") return top(groups, args);
  if (name === "exclude_null") return withoutNull(groups);
  if (name === "moving_rollup") return movingRollup(groups, args, grid);
  const ofEach = overIntervals[name] ?? perValue(name, Number(args[0]));
  return new Map([...groups].map(([group, values]) => [group, ofEach(values, grid)]));
}

type OverIntervals = (values: Intervals, grid: Grid) => Intervals;

const overIntervals: Partial<Record<string, OverIntervals>> = {
  cumsum: (values) => {
    let sum = 0;
    return new Map(inOrder(values).map(([at, value]) => [at, (sum += value)]));
  },
  diff: differences(() => 1),
  per_second: differences((seconds) => seconds),
  per_minute: differences((seconds) => seconds / 60),
  per_hour: differences((seconds) => seconds / 3600),
};

/** From one point to the next, by a unit of the time between them. */
function differences(unitOf: (seconds: number) => number): OverIntervals {
  return (values, { millis }) => {
    const known = inOrder(values);
    return new Map(
      known.slice(1).map(([at, value], index) => {
        const [before, old] = known[index] ?? [at, value];
        return [at, (value - old) / unitOf(((at - before) * millis) / 1000)];
      }),
    );
  };
}

function inOrder(values: Intervals): [number, number][] {
  return [...values].sort(([a], [b]) => a - b);
}

/** Functions of single values; undefined leaves an interval without one. */
const ofValue: Partial<Record<string, (value: number, bound: number) => number | undefined>> = {
  abs: Math.abs,
  ceil: Math.ceil,
  floor: Math.floor,
  log2: Math.log2,
  log10: Math.log10,
  clamp_min: (value, bound) => Math.max(value, bound),
  clamp_max: (value, bound) => Math.min(value, bound),
  cutoff_min: (value, bound) => (value < bound ? undefined : value),
  cutoff_max: (value, bound) => (value > bound ? undefined : value),
};

function perValue(name: string, bound: number): OverIntervals {
  const change = ofValue[name];
  if (change === undefined) throw new Unread(`the function ${name}() is not understood here`);
  return (values) =>
    new Map(
      [...values].flatMap(([at, value]) => {
        const changed = change(value, bound);
        return changed === undefined || !Number.isFinite(changed) ? [] : [[at, changed] as const];
      }),
    );
}

/** Groups whose tags are known: `N/A` stands for a tag that is missing. */
function withoutNull(groups: Grouped): Grouped {
  return new Map([...groups].filter(([group]) => !/:(?:N\/A)?(?:,|$)/.test(group)));
}

const methods: readonly string[] = ["avg", "min", "max", "sum", "count"];

/** `moving_rollup(query, 300, 'avg')`: each point is that of the seconds up to it. */
function movingRollup(groups: Grouped, [seconds, method]: Args, { millis }: Grid): Grouped {
  if (!methods.includes(String(method)) || !(Number(seconds) > 0)) {
    throw new Unread(`moving_rollup() takes seconds and one of ${methods.join(", ")}`);
  }
  const width = Math.max(1, Math.round((Number(seconds) * 1000) / millis));
  return new Map([...groups].map(([group, values]) => [group, moving(values, width, method)]));
}

function moving(values: Intervals, width: number, method: Args[number] | undefined): Intervals {
  const known = inOrder(values);
  let first = 0;
  return new Map(
    known.map(([at], index) => {
      while ((known[first]?.[0] ?? at) <= at - width) first += 1;
      const inside = known.slice(first, index + 1).map(([, value]) => value);
      return [at, overTime(method as TimeAggregation, inside) ?? 0];
    }),
  );
}

const ranks: Partial<Record<string, (values: readonly number[]) => number | undefined>> = {
  mean: (values) => overTime("avg", values),
  min: (values) => overTime("min", values),
  max: (values) => overTime("max", values),
  sum: (values) => overTime("sum", values),
  area: (values) => overTime("sum", values),
  last: (values) => values.at(-1),
};

/** `top(query, 10, 'mean', 'desc')`: https://docs.datadoghq.com/dashboards/functions/rank/ */
function top(groups: Grouped, [count, by, order]: Args): Grouped {
  const rank = ranks[String(by)];
  if (rank === undefined || !Number.isInteger(count) || (order !== "asc" && order !== "desc")) {
    const allowed = `${Object.keys(ranks).join(", ")}; asc or desc`;
    throw new Unread(`top(…, ${count}, '${by}', '${order}') is not understood here: ${allowed}`);
  }
  const ranked = [...groups].map(([group, values]) => {
    return { group, values, rank: rank(inOrder(values).map(([, value]) => value)) ?? -Infinity };
  });
  const sign = order === "asc" ? 1 : -1;
  return new Map(
    ranked
      .sort((a, b) => sign * (a.rank - b.rank) || a.group.localeCompare(b.group))
      .slice(0, Number(count))
      .map(({ group, values }) => [group, values]),
  );
}
