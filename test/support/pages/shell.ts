/**
 * The simple commands of a shell line, word by word: those of pipes, lists and `$(…)` each alone,
 * without redirections, comments and assignments. A `$(…)` inside of a word reads `$()` there.
 *
 * Knows what the pages use; does not know here-documents, arithmetic, loops or functions.
 *
 * @throws Error for a quote that is not closed, and for what some shells would expand
 */
export function simpleCommands(line: string): readonly (readonly string[])[] {
  const inner: string[] = [];
  const commands: string[][] = [[]];
  for (const token of tokensOf(line)) {
    if (/^(?:&&|\|\|?|;)$/.test(token)) commands.push([]);
    else commands.at(-1)?.push(unquoted(token, inner));
  }
  const outer = commands.map(withoutExtras).filter((words) => words.length > 0);
  return [...inner.flatMap(simpleCommands), ...outer];
}

const piece = {
  single: String.raw`'[^']*'`,
  double: String.raw`"(?:[^"\\]|\\[^])*"`,
  substitution: String.raw`\$\([^()]*\)`,
  plain: String.raw`[^\s'"|;&>]`,
};
const word = `(?:${piece.single}|${piece.double}|${piece.substitution}|${piece.plain})+`;

function tokensOf(line: string): readonly string[] {
  const tokens: string[] = [];
  const next = new RegExp(String.raw`\s+|#.*|&&|\|\|?|;|>\s*${word}|${word}`, "y");
  while (next.lastIndex < line.length) {
    const at = next.lastIndex;
    const [token] = next.exec(line) ?? [];
    if (token === undefined) throw new Error(`not closed or not understood: ${line.slice(at)}`);
    if (!/^(?:\s|#|>)/.test(token)) tokens.push(token);
  }
  return tokens;
}

/** A word as the program gets it. */
function unquoted(token: string, inner: string[]): string {
  const pieces = new RegExp(Object.values(piece).join("|"), "g");
  return token.replaceAll(pieces, (text) => {
    if (text.startsWith("'")) return text.slice(1, -1);
    if (text.startsWith('"')) return text.slice(1, -1).replaceAll(/\\(["\\$`])/g, "$1");
    if (text.startsWith("$(")) {
      inner.push(text.slice(2, -1));
      return "$()";
    }
    if (/[*?[\]{}]/.test(text)) throw new Error(`"${text}" needs quotes in ${token}`);
    return text;
  });
}

function withoutExtras(words: readonly string[]): readonly string[] {
  return words.filter((text, index) => index > 0 || !/^\w+=/.test(text));
}
