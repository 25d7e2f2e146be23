/** A result, or why there is none. */
type Result = number | { readonly why: string };

type Values = (path: string) => number | undefined;

const part = /\s*(?:(\d+(?:\.\d+)?)|(@?[A-Za-z_][\w.@]*)|([-+*/()]))/y;

/**
 * The value of an arithmetic processor's formula: numbers, attributes, `+ - * /` and brackets.
 *
 * @param values the number at an attribute's path
 */
export function arithmetic(expression: string, values: Values): Result {
  try {
    const reader = new Formula(partsOf(expression), values);
    const result = reader.sum();
    reader.end();
    return Number.isFinite(result) ? result : { why: `${expression} is no finite number` };
  } catch (error) {
    return { why: (error as Error).message };
  }
}

function partsOf(expression: string): string[] {
  const parts: string[] = [];
  const text = expression.trimEnd();
  part.lastIndex = 0;
  while (part.lastIndex < text.length) {
    const at = part.lastIndex;
    const found = part.exec(text);
    if (found === null) {
      throw new Error(`"${text.slice(at)}" in the formula is not understood`);
    }
    parts.push(found[0].trim());
  }
  return parts;
}

/** Far deeper than any formula that a person writes; recursion must not break on a worse one. */
const deepest = 100;

class Formula {
  readonly #parts: readonly string[];
  readonly #values: Values;
  #at = 0;
  #depth = 0;

  constructor(parts: readonly string[], values: Values) {
    this.#parts = parts;
    this.#values = values;
  }

  sum(): number {
    let result = this.#product();
    for (;;) {
      if (this.#takes("+")) {
        result += this.#product();
      } else if (this.#takes("-")) {
        result -= this.#product();
      } else {
        return result;
      }
    }
  }

  end(): void {
    const left = this.#parts[this.#at];
    if (left !== undefined) {
      throw new Error(`"${left}" in the formula has nothing to act on`);
    }
  }

  #product(): number {
    let result = this.#one();
    for (;;) {
      if (this.#takes("*")) {
        result *= this.#one();
      } else if (this.#takes("/")) {
        result /= this.#one();
      } else {
        return result;
      }
    }
  }

  #one(): number {
    this.#depth += 1;
    if (this.#depth > deepest) {
      throw new Error(`more than ${deepest} brackets or signs within each other`);
    }
    const result = this.#inner();
    this.#depth -= 1;
    return result;
  }

  #inner(): number {
    if (this.#takes("-")) {
      return -this.#one();
    }
    if (this.#takes("(")) {
      const result = this.sum();
      if (!this.#takes(")")) {
        throw new Error("a bracket of the formula is never closed");
      }
      return result;
    }
    const text = this.#parts[this.#at] ?? "";
    this.#at += 1;
    const value = /^\d/.test(text) ? Number(text) : this.#values(text.replace(/^@/, ""));
    if (value === undefined) {
      throw new Error(text === "" ? "the formula ends early" : `no number at ${text}`);
    }
    return value;
  }

  #takes(text: string): boolean {
    const isThere = this.#parts[this.#at] === text;
    this.#at += isThere ? 1 : 0;
    return isThere;
  }
}
