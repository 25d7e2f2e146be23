import type { ScalarReply, TimeseriesReply, Unit } from "../api/shapes.ts";
import { declaredUnit } from "./declared-unit.ts";
import type { Formula } from "./requests.ts";

/** One line or one set of bars; values stand at the times of the graph. */
export interface Curve {
  readonly label: string;
  readonly display: string;
  readonly unit: Unit | undefined;
  readonly values: readonly (number | null)[];
}

export interface Graph {
  /** Milliseconds since 1970, rising. */
  readonly times: readonly number[];
  readonly curves: readonly Curve[];
}

/** The replies to the requests of one widget as one graph on common times. */
export function graphOfReplies(
  replies: readonly {
    readonly reply: TimeseriesReply;
    readonly formulas: readonly Formula[];
    readonly display: string;
  }[],
): Graph {
  const times = [...new Set(replies.flatMap(({ reply }) => reply.data.attributes.times))].toSorted(
    (a, b) => a - b,
  );
  const place = new Map(times.map((time, index) => [time, index]));
  const curves = replies.flatMap(({ reply, formulas, display }) => {
    const { series, values, times: own } = reply.data.attributes;
    return series.map(({ group_tags: tags = [], query_index: index = 0, unit }, at): Curve => {
      const placed = new Array<number | null>(times.length).fill(null);
      values[at]?.forEach((value, step) => {
        const slot = place.get(own[step] ?? NaN);
        if (slot !== undefined) placed[slot] = value;
      });
      const label = labelOf(formulas[index], tags, formulas.length);
      const declared = declaredUnit(formulas[index]);
      return { label, display, unit: declared ?? unit?.[0] ?? undefined, values: placed };
    });
  });
  return { times, curves };
}

/** `alias`, or the group's tags, or both where several formulas share them. */
export function labelOf(
  formula: Formula | undefined,
  tags: readonly string[],
  formulas: number,
): string {
  const name = formula?.alias ?? formula?.formula ?? "value";
  if (tags.length === 0) return name;
  const group = tags.join(", ");
  return formulas > 1 ? `${name} ${group}` : group;
}

/** A row of a toplist or table: its group, and a number for each formula. */
export interface Row {
  readonly group: readonly string[];
  readonly numbers: readonly (number | null)[];
}

export interface ScalarTable {
  readonly groupNames: readonly string[];
  readonly names: readonly string[];
  readonly units: readonly (Unit | undefined)[];
  readonly rows: readonly Row[];
}

/** The columns of a scalar reply as rows. */
export function tableOf({ data }: ScalarReply, formulas: readonly Formula[]): ScalarTable {
  const { columns } = data.attributes;
  const groups = columns.filter((column) => column.type === "group");
  const numbers = columns.filter((column) => column.type === "number");
  const count = Math.max(0, ...columns.map(({ values }) => values.length));
  return {
    groupNames: groups.map(({ name }) => name),
    names: numbers.map(
      ({ name }, index) => formulas[index]?.alias ?? formulas[index]?.formula ?? name,
    ),
    units: numbers.map(
      ({ meta }, index) => declaredUnit(formulas[index]) ?? meta?.unit?.[0] ?? undefined,
    ),
    rows: Array.from({ length: count }, (_, row) => ({
      group: groups.map(({ values }) => values[row]?.join(", ") ?? ""),
      numbers: numbers.map(({ values }) => values[row] ?? null),
    })),
  };
}

/** Rows by the first number, the largest first; missing numbers last; as many as the formula asks. */
export function topRows({ rows }: ScalarTable, limit: Formula["limit"]): readonly Row[] {
  const sign = limit?.order === "asc" ? -1 : 1;
  const rank = ({ numbers: [first = null] }: Row) => (first === null ? -Infinity : first * sign);
  return rows.toSorted((a, b) => rank(b) - rank(a)).slice(0, limit?.count ?? 10);
}
