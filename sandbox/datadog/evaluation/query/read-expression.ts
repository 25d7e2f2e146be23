import { type Expression, functionArguments, type Operator } from "./metric-expression.ts";
import { seriesPattern, seriesQuery } from "./read-series.ts";
import { Unread } from "./unread.ts";

type Bound = Readonly<Record<string, Expression>>;

/**
 * Reads an expression of metric queries: arithmetic with brackets, functions and modifiers. Names of
 * a formula stand for the expressions bound to them. Returns why not, as text, for what is not
 * understood.
 */
export function parseExpression(text: string, bound: Bound = {}): Expression | string {
  const found = parseExpressions(text, bound);
  if (typeof found === "string") return found;
  return found.length === 1 ? found[0] : `"${text}" is more than one query`;
}

/** Reads several, with commas between them. */
export function parseExpressions(
  text: string,
  bound: Bound = {},
): readonly [Expression, ...Expression[]] | string {
  try {
    const reader = new Reader(text, bound);
    const expressions: [Expression, ...Expression[]] = [reader.sum()];
    while (reader.takes(/^,/)) expressions.push(reader.sum());
    reader.end();
    return expressions;
  } catch (error) {
    if (error instanceof Unread) return error.message;
    throw error;
  }
}

/** Far more than a query that a person writes; recursion must not break on a worse one. */
const deepest = 100;
const mostOperands = 1000;

class Reader {
  private depth = 0;
  private operands = 0;
  private rest: string;
  private readonly bound: Bound;

  constructor(text: string, bound: Bound) {
    this.rest = text.trim();
    this.bound = bound;
  }

  end(): void {
    if (this.rest !== "") throw new Unread(`"${this.rest}" cannot be read`);
  }

  takes(pattern: RegExp): boolean {
    return this.take(pattern) !== undefined;
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
    const number = this.take(numberPattern);
    if (number !== undefined) return { kind: "number", value: Number(number[0]) };
    const series = this.take(seriesPattern);
    if (series !== undefined) return { kind: "series", query: seriesQuery(series) };
    if (this.takes(/^\(/)) return this.closed();
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
    const count = Object.hasOwn(functionArguments, name) ? functionArguments[name] : undefined;
    if (count === undefined && name !== "default_zero") {
      throw new Unread(`the function ${name}() is not understood here`);
    }
    const of = this.nested();
    const args: (string | number)[] = [];
    while (this.takes(/^,/)) args.push(this.argument(name));
    if (!this.takes(/^\)/)) throw new Unread(`")" is missing before "${this.rest}"`);
    if (args.length !== (count ?? 0)) {
      throw new Unread(`${name}() takes ${count ?? 0} values beside its query, got ${args.length}`);
    }
    return name === "default_zero" ? { kind: "defaultZero", of } : { kind: "call", name, of, args };
  }

  private argument(name: string): string | number {
    const number = this.take(numberPattern);
    if (number !== undefined) return Number(number[0]);
    const [, single, double] = this.take(/^(?:'([^']*)'|"([^"]*)")/) ?? [];
    const word = single ?? double;
    if (word === undefined) throw new Unread(`"${this.rest}" is no value of ${name}()`);
    return word;
  }

  private closed(): Expression {
    const inner = this.nested();
    if (!this.takes(/^\)/)) throw new Unread(`")" is missing before "${this.rest}"`);
    return inner;
  }

  private nested(): Expression {
    this.depth += 1;
    if (this.depth > deepest) throw new Unread(`more than ${deepest} brackets within each other`);
    const inner = this.sum();
    this.depth -= 1;
    return inner;
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.rest);
    if (found === null) return undefined;
    this.rest = this.rest.slice(found[0].length).trimStart();
    return found;
  }
}

const numberPattern = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/;
