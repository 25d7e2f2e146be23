/** A query of the form `head("…").call(…).call(…) rest`, or `"head".call(…)`. */
export interface ChainQuery {
  /** Name of the first call, absent where the chain starts with a quoted text. */
  head: string | undefined;
  /** The first call's own argument without its quotes. */
  headArgument: string | undefined;
  quotedHead: string | undefined;
  calls: Call[];
  /** What follows the last call, trimmed. */
  rest: string;
}

interface Call {
  name: string;
  args: string;
}

/** Reads a chain of calls; returns why not, as text, where brackets or quotes do not close. */
export function parseChain(query: string): ChainQuery | string {
  const text = query.trim();
  const start = readStart(text);
  if (typeof start === "string") {
    return start;
  }
  const { end, ...head } = start;
  const tail = readCalls(text, end);
  return typeof tail === "string" ? tail : { ...head, ...tail };
}

type Start = Pick<ChainQuery, "head" | "headArgument" | "quotedHead"> & { end: number };

function readStart(text: string): Start | string {
  const quoted = /^"((?:[^"\\]|\\.)*)"/s.exec(text);
  if (quoted !== null) {
    const end = quoted[0].length;
    return { head: undefined, headArgument: undefined, quotedHead: quoted[1], end };
  }
  const call = readCall(text, 0);
  if (typeof call === "string") {
    return call;
  }
  const { name, args, end } = call;
  return { head: name, headArgument: unquote(args), quotedHead: undefined, end };
}

function readCalls(text: string, start: number): { calls: Call[]; rest: string } | string {
  const calls: Call[] = [];
  let at = start;
  while (text[at] === ".") {
    const call = readCall(text, at + 1);
    if (typeof call === "string") {
      return call;
    }
    calls.push({ name: call.name, args: call.args });
    at = call.end;
  }
  return { calls, rest: text.slice(at).trim() };
}

function readCall(text: string, start: number): (Call & { end: number }) | string {
  const name = /^[\w-]+(?=\()/.exec(text.slice(start))?.[0];
  if (name === undefined) {
    return `a call such as name(…) is expected at "${text.slice(start, start + 20)}"`;
  }
  const from = start + name.length + 1;
  const to = closingBracket(text, from);
  return to === undefined
    ? `the brackets or quotes of ${name}(…) do not close`
    : { name, args: text.slice(from, to), end: to + 1 };
}

const quotedText = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[()"']/gs;

/** Where the bracket closes that was opened before `from`; brackets within quotes do not count. */
function closingBracket(text: string, from: number): number | undefined {
  let depth = 1;
  for (const { 0: token, index } of text.slice(from).matchAll(quotedText)) {
    if (token === '"' || token === "'") {
      return undefined;
    }
    depth += token === "(" ? 1 : token === ")" ? -1 : 0;
    if (depth === 0) {
      return from + index;
    }
  }
  return undefined;
}

function unquote(args: string): string {
  return args.trim().replace(/^(["'])(.*)\1$/s, "$2");
}
