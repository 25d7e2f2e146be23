/** Variables of a message that are numbers. */
export type Numbers = Readonly<Partial<Record<string, number | undefined>>>;

/** Expressions of messages are short: a longer one stays text. */
const longest = 200;

/**
 * The value of `{{eval "…"}}`: numbers, variables, + - * / % and brackets, `int(x)` and
 * `round(x, digits)`, as Datadog documents them; undefined where a variable has no value or the
 * expression is of another form.
 */
export function evalExpression(text: string, numbers: Numbers): number | undefined {
  const tokens = text.length > longest ? undefined : tokensOf(text);
  if (tokens === undefined) return undefined;
  const reader = new Reader(tokens, numbers);
  const value = reader.sum();
  return reader.isAtEnd() && value !== undefined && Number.isFinite(value) ? value : undefined;
}

function tokensOf(text: string): readonly string[] | undefined {
  const tokens = text.match(/\d+(?:\.\d+)?|[A-Za-z_][\w.]*|[-+*/%(),]/g) ?? [];
  return tokens.join("") === text.replaceAll(/\s+/g, "") ? tokens : undefined;
}

class Reader {
  #at = 0;
  readonly #tokens: readonly string[];
  readonly #numbers: Numbers;

  constructor(tokens: readonly string[], numbers: Numbers) {
    this.#tokens = tokens;
    this.#numbers = numbers;
  }

  isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  sum(): number | undefined {
    return this.#chain(["+", "-"], () => this.#chain(["*", "/", "%"], () => this.#factor()));
  }

  #chain(operators: readonly string[], next: () => number | undefined): number | undefined {
    let value = next();
    while (operators.includes(this.#peek())) {
      const operator = this.#take();
      const right = next();
      if (value === undefined || right === undefined) return undefined;
      value = calculate(operator, value, right);
    }
    return value;
  }

  #factor(): number | undefined {
    const token = this.#take();
    if (token === "-") {
      const value = this.#factor();
      return value === undefined ? undefined : -value;
    }
    if (token === "(") return this.#closed(this.sum());
    if (/^\d/.test(token)) return Number(token);
    if (this.#peek() === "(") return this.#call(token);
    return Object.hasOwn(this.#numbers, token) ? this.#numbers[token] : undefined;
  }

  #call(name: string): number | undefined {
    this.#take();
    const value = this.sum();
    const digits = this.#peek() === "," ? (this.#take(), this.sum()) : 0;
    if (this.#closed(0) === undefined || value === undefined || digits === undefined)
      return undefined;
    if (name === "int") return Math.trunc(value);
    return name === "round" ? Number(value.toFixed(Math.min(Math.max(digits, 0), 20))) : undefined;
  }

  #closed(value: number | undefined): number | undefined {
    return this.#take() === ")" ? value : undefined;
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? "";
  }

  #take(): string {
    this.#at += 1;
    return this.#tokens[this.#at - 1] ?? "";
  }
}

function calculate(operator: string, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    default:
      return a % b;
  }
}
