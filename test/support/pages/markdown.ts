/** A piece of code in a page: an inline span, or one line of a block with what it goes on with. */
export interface Code {
  readonly text: string;

  /** The nearest heading above it; empty before the first one. */
  readonly heading: string;

  /** Language of its block; absent for a span. */
  readonly block?: string;
}

/** A stretch of a page between two headings, prose and blocks apart. */
interface Part {
  readonly heading: string;
  readonly lines: readonly string[];
  readonly block?: string;
}

/** All code of a page, in reading order. A block's lines that end with `\` or leave a quote open go on. */
export function codeOf(page: string): readonly Code[] {
  return partsOf(page).flatMap(({ heading, lines, block }): readonly Code[] => {
    if (block !== undefined) {
      const texts = block === "console" ? prompted(lines) : joined(lines);
      return texts.map((text) => ({ text, heading, block }));
    }
    const spans = lines.join("\n").matchAll(/`([^`]+)`/g);
    return [...spans].map(([, text = ""]) => {
      return { text: text.replaceAll(/\s*\n\s*/g, " ").replaceAll("\\|", "|"), heading };
    });
  });
}

/** Cells of all table rows of a page; rows of dashes are left out. */
export function rowsOf(page: string): readonly (readonly string[])[] {
  return [...page.matchAll(/^\|(.+)\|$/gm)]
    .map(([, row = ""]) => row.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter((cells) => !cells.every((cell) => /^-*$/.test(cell)));
}

function partsOf(page: string): readonly Part[] {
  const parts: { heading: string; lines: string[]; block?: string }[] = [];
  let heading = "";
  let block: string | undefined;
  const add = (line: string) => {
    const last = parts.at(-1);
    if (last?.heading === heading && last.block === block) last.lines.push(line);
    else parts.push({ heading, lines: [line], ...(block !== undefined && { block }) });
  };
  for (const line of page.split("\n")) {
    const fence = /^\s*```(\w*)$/.exec(line);
    const title = block === undefined ? /^#+ (.+)$/.exec(line)?.[1] : undefined;
    if (fence) {
      block = block === undefined ? fence[1] : undefined;
      parts.push({ heading, lines: [], ...(block !== undefined && { block }) });
    } else if (title !== undefined) heading = title;
    else if (block === undefined && line.startsWith("    ")) {
      block = "sh";
      add(line);
      block = undefined;
    } else add(line);
  }
  return parts;
}

/** What somebody typed in a block that shows a prompt. */
function prompted(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => (line.startsWith("$ ") ? [line.slice(2)] : []));
}

function joined(lines: readonly string[]): readonly string[] {
  const texts: string[] = [];
  let open = "";
  for (const line of lines) {
    open = open === "" ? line.trim() : `${open}\n${line.trim()}`;
    if (open.endsWith("\\") || leavesQuoteOpen(open)) continue;
    if (open !== "") texts.push(open.replaceAll("\\\n", ""));
    open = "";
  }
  return open === "" ? texts : [...texts, open];
}

function leavesQuoteOpen(text: string): boolean {
  return /^(?:[^'"]|'[^']*'|"(?:[^"\\]|\\.)*")*$/.exec(text) === null;
}
