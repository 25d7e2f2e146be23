import { parseTagFilter, type TagTerm } from "./tag-filter.ts";

type SpaceAggregation = "avg" | "sum" | "min" | "max" | "count";

/** `sum:metric{scope} by {tags}.as_count()` */
export interface SeriesQuery {
  readonly aggregation: SpaceAggregation;
  readonly metric: string;
  readonly scope: readonly TagTerm[];
  readonly by: readonly string[];
  readonly asCount: boolean;
}

type Operator = "+" | "-" | "*" | "/";

export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "series"; readonly query: SeriesQuery }
  | { readonly kind: "defaultZero"; readonly of: Expression }
  | {
      readonly kind: "arithmetic";
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    };

/** Why an expression is not evaluated; what is not read for sure is never guessed at. */
class Unread extends Error {}

const seriesPattern =
  /^(avg|sum|min|max|count):([A-Za-z][\w.]*)\{([^{}]*)\}(?:\s*by\s*\{([^{}]*)\})?((?:\.\w+\([^()]*\))*)/;

/**
 * Reads an expression of metric queries: arithmetic with brackets, `default_zero()` and
 * `.as_count()`. Names of a formula stand for the expressions bound to them. Returns why not, as
 * text, for any other function.
 */
export function parseExpression(
  text: string,
  bound: Readonly<Record<string, Expression>> = {},
): Expression | string {
  try {
    const reader = new Reader(text, bound);
    const expression = reader.sum();
    reader.end();
    return expression;
  } catch (error) {
    if (error instanceof Unread) return error.message;
    throw error;
  }
}

/** The series of an expression, from left to right. */
export function seriesOf(expression: Expression): readonly SeriesQuery[] {
  switch (expression.kind) {
    case "number":
      return [];
    case "series":
      return [expression.query];
    case "defaultZero":
      return seriesOf(expression.of);
    case "arithmetic":
      return [...seriesOf(expression.left), ...seriesOf(expression.right)];
  }
}

/** Far more than a query that a person writes; recursion must not break on a worse one. */
const deepest = 100;
const mostOperands = 1000;

class Reader {
  private depth = 0;
  private operands = 0;
  private rest: string;
  private readonly bound: Readonly<Record<string, Expression>>;

  constructor(text: string, bound: Readonly<Record<string, Expression>>) {
    this.rest = text.trim();
    this.bound = bound;
  }

  end(): void {
    if (this.rest !== "") throw new Unread(`"${this.rest}" cannot be read`);
  }

  sum(): Expression {
    return this.chain(/^[+-]/, () => this.product());
  }

  private product(): Expression {
    return this.chain(/^[*/]/, () => this.operand());
  }

  private chain(operators: RegExp, operand: () => Expression): Expression {
    let left = operand();
    for (let found = this.take(operators); found !== undefined; found = this.take(operators)) {
      left = { kind: "arithmetic", operator: found[0] as Operator, left, right: operand() };
    }
    return left;
  }

  private operand(): Expression {
    this.operands += 1;
    if (this.operands > mostOperands) throw new Unread(`more than ${mostOperands} operands`);
    const number = this.take(/^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/);
    if (number !== undefined) return { kind: "number", value: Number(number[0]) };
    const series = this.take(seriesPattern);
    if (series !== undefined) return { kind: "series", query: seriesQuery(series) };
    if (this.take(/^\(/) !== undefined) return this.closed();
    const call = this.take(/^(\w+)\(/);
    return call === undefined ? this.named() : this.applied(call[1] ?? "");
  }

  private named(): Expression {
    const [variable = ""] = this.take(/^\w+/) ?? [];
    const expression = Object.hasOwn(this.bound, variable) ? this.bound[variable] : undefined;
    if (expression !== undefined) return expression;
    throw new Unread(`"${variable}${this.rest}" is no metric query that is understood here`);
  }

  private applied(name: string): Expression {
    if (name !== "default_zero") throw new Unread(`the function ${name}() is not understood here`);
    return { kind: "defaultZero", of: this.closed() };
  }

  private closed(): Expression {
    this.depth += 1;
    if (this.depth > deepest) throw new Unread(`more than ${deepest} brackets within each other`);
    const inner = this.sum();
    this.depth -= 1;
    if (this.take(/^\)/) === undefined) throw new Unread(`")" is missing before "${this.rest}"`);
    return inner;
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.rest);
    if (found === null) return undefined;
    this.rest = this.rest.slice(found[0].length).trimStart();
    return found;
  }
}

function seriesQuery(found: RegExpExecArray): SeriesQuery {
  const [, aggregation = "", metric = "", scope = "", by = "", calls = ""] = found;
  const terms = parseTagFilter(scope);
  if (typeof terms === "string") throw new Unread(terms);
  const names = [...calls.matchAll(/\.(\w+)\(/g)].map(([, name]) => name);
  const odd = names.find((name) => name !== "as_count");
  if (odd !== undefined) throw new Unread(`the modifier .${odd}() is not understood here`);
  return {
    aggregation: aggregation as SpaceAggregation,
    metric,
    scope: terms,
    by: by
      .split(",")
      .map((key) => key.trim().toLowerCase())
      .filter((key) => key !== ""),
    asCount: names.includes("as_count"),
  };
}
