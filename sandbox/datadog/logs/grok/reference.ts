/** A call such as `array("[]", ",", integer)`: arguments are texts, numbers and further calls. */
export interface Call {
  readonly name: string;
  readonly args: readonly Argument[];
}

export type Argument = string | number | Call;

/** The parts of `%{matcher(…):path:filter(…)}`. */
export interface Reference {
  readonly matcher: Call;
  /** Absent where nothing is extracted, empty where what a filter finds goes to the root. */
  readonly path?: string;
  readonly filter?: Call;
}

/** References in a pattern; a brace in a quoted argument does not end one. */
export const references = /%\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\}/g;

const part = /\s*(?:"((?:[^"\\]|\\[^])*)"|(-?\d+(?:\.\d+)?)(?=[\s,)])|([A-Za-z_][\w.]*))\s*/y;

/** The parts of a reference; `undefined` for one that is not understood. */
export function parseReference(text: string): Reference | undefined {
  const reader = new Reader(text.slice(2, -1));
  const matcher = reader.call();
  if (matcher === undefined) return undefined;
  if (reader.atEnd()) return { matcher };
  const path = reader.path();
  if (path === undefined) return undefined;
  if (reader.atEnd()) return { matcher, path };
  const filter = reader.takes(":") ? reader.call() : undefined;
  return filter === undefined || !reader.atEnd() ? undefined : { matcher, path, filter };
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  takes(character: string): boolean {
    const isThere = this.#text[this.#at] === character;
    this.#at += isThere ? 1 : 0;
    return isThere;
  }

  call(): Call | undefined {
    const name = this.#argument();
    return typeof name === "object" ? name : undefined;
  }

  /** Up to the next colon; the colon before it is taken, too. */
  path(): string | undefined {
    if (!this.takes(":")) return undefined;
    const end = this.#text.indexOf(":", this.#at);
    const path = this.#text.slice(this.#at, end < 0 ? undefined : end);
    this.#at += path.length;
    return path.trim();
  }

  #argument(): Argument | undefined {
    part.lastIndex = this.#at;
    const found = part.exec(this.#text);
    if (found === null) return undefined;
    this.#at = part.lastIndex;
    const [, text, number, name] = found;
    if (text !== undefined) return unescaped(text);
    if (number !== undefined) return Number(number);
    const args = this.#arguments();
    return args && { name: name ?? "", args };
  }

  #arguments(): Argument[] | undefined {
    const args: Argument[] = [];
    if (!this.takes("(")) return args;
    if (this.takes(")")) return args;
    do {
      const argument = this.#argument();
      if (argument === undefined) return undefined;
      args.push(argument);
    } while (this.takes(","));
    return this.takes(")") ? args : undefined;
  }
}

const escapes: Partial<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function unescaped(text: string): string {
  return text.replaceAll(/\\([^])/g, (_, character: string) => escapes[character] ?? character);
}

/** A text as a quoted argument. */
export function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}
