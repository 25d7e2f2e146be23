import type {
  Expression,
  Grouped,
  Intervals,
  Operator,
  SeriesQuery,
} from "../query/metric-expression.ts";
import { everything } from "../query/tag-filter.ts";
import { constant, zeroFilled } from "./fill-gaps.ts";
import { applied } from "./functions.ts";
import type { Grid } from "./interval.ts";

/** What the metric queries of an expression have in a window. */
export type Tables = ReadonlyMap<SeriesQuery, Grouped>;

/**
 * The values of an expression in each group and interval. An interval that lacks an operand, or whose
 * result is no number (0 / 0), has no value; an operand without groups counts for every group.
 */
export function groupedValue(expression: Expression, tables: Tables, grid: Grid): Grouped {
  switch (expression.kind) {
    case "number":
      return new Map([[everything, constant(expression.value, grid)]]);
    case "known":
      return expression.groups;
    case "series":
      return tables.get(expression.query) ?? new Map();
    case "defaultZero":
      return eachGroup(groupedValue(expression.of, tables, grid), (values) =>
        zeroFilled(values, grid),
      );
    case "call":
      return applied(
        expression.name,
        expression.args,
        groupedValue(expression.of, tables, grid),
        grid,
      );
    case "arithmetic":
      return combined(
        expression.operator,
        groupedValue(expression.left, tables, grid),
        groupedValue(expression.right, tables, grid),
      );
  }
}

function eachGroup(groups: Grouped, change: (values: Intervals) => Intervals): Grouped {
  return new Map([...groups].map(([group, values]) => [group, change(values)]));
}

function combined(operator: Operator, left: Grouped, right: Grouped): Grouped {
  const groups = isSingle(left) ? right.keys() : left.keys();
  const result = new Map<string, Intervals>();
  for (const group of groups) {
    const [a, b] = [ofGroup(left, group), ofGroup(right, group)];
    if (a !== undefined && b !== undefined) result.set(group, inIntervals(operator, a, b));
  }
  return result;
}

function isSingle(groups: Grouped): boolean {
  return groups.size === 1 && groups.has(everything);
}

function ofGroup(groups: Grouped, group: string): Intervals | undefined {
  return groups.get(group) ?? (isSingle(groups) ? groups.get(everything) : undefined);
}

function inIntervals(operator: Operator, left: Intervals, right: Intervals): Intervals {
  const values = new Map<number, number>();
  for (const [interval, value] of left) {
    const result = calculated(operator, value, right.get(interval));
    if (result !== undefined && Number.isFinite(result)) values.set(interval, result);
  }
  return values;
}

export function calculated(
  operator: Operator,
  left: number | undefined,
  right: number | undefined,
): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
  }
}
