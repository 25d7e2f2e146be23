import { safeHref } from "./visible.ts";

/** A part of a line. */
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "strong" | "em" | "del"; readonly parts: readonly Inline[] }
  | { readonly kind: "link"; readonly href: string; readonly parts: readonly Inline[] };

/** A part of a text. */
export type Block =
  | { readonly kind: "paragraph"; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: "heading"; readonly level: number; readonly parts: readonly Inline[] }
  | {
      readonly kind: "list";
      readonly ordered: boolean;
      readonly items: readonly (readonly Inline[])[];
    }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "quote"; readonly blocks: readonly Block[] }
  | { readonly kind: "rule" }
  | {
      readonly kind: "table";
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

/**
 * The Markdown of notes and monitor messages as a tree. HTML is text like any other, and a link that
 * is neither http nor https stays text: what is drawn from the tree cannot run anything.
 *
 * @param base address that relative links are relative to
 */
export function parseMarkdown(text: string, base: string): readonly Block[] {
  const lines = text.replaceAll(/\r\n?/g, "\n").split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const reader = readers.find(({ starts }) => starts.test(lines[at] ?? ""));
    const { block, next } = (reader?.read ?? readParagraph)(lines, at, base);
    if (block !== undefined) blocks.push(block);
    at = next;
  }
  return blocks;
}

interface Read {
  readonly block?: Block;
  readonly next: number;
}

interface Reader {
  readonly starts: RegExp;
  readonly read: (lines: readonly string[], at: number, base: string) => Read;
}

const fence = /^\s{0,3}```/;
const heading = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*$/;
const rule = /^\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$/;
const quote = /^\s{0,3}>\s?/;
const bullet = /^\s{0,3}[-*+]\s+/;
const number = /^\s{0,3}\d{1,9}[.)]\s+/;
const tableRow = /^\s*\|.*\|\s*$/;

const readers: readonly Reader[] = [
  { starts: /^\s*$/, read: (_lines, at) => ({ next: at + 1 }) },
  { starts: fence, read: readCode },
  { starts: heading, read: readHeading },
  { starts: rule, read: (_lines, at) => ({ block: { kind: "rule" }, next: at + 1 }) },
  { starts: quote, read: readQuote },
  { starts: bullet, read: (lines, at, base) => readList(lines, at, base) },
  { starts: number, read: (lines, at, base) => readList(lines, at, base) },
  { starts: tableRow, read: readTable },
];

function readCode(lines: readonly string[], at: number): Read {
  const end = lines.findIndex((line, index) => index > at && fence.test(line));
  const next = end < 0 ? lines.length : end;
  return { block: { kind: "code", text: lines.slice(at + 1, next).join("\n") }, next: next + 1 };
}

function readHeading(lines: readonly string[], at: number, base: string): Read {
  const [, marks = "", text = ""] = heading.exec(lines[at] ?? "") ?? [];
  const parts = parseInline(text, base);
  return { block: { kind: "heading", level: marks.length, parts }, next: at + 1 };
}

function readQuote(lines: readonly string[], at: number, base: string): Read {
  const next = endOf(lines, at, (line) => quote.test(line));
  const inner = lines.slice(at, next).map((line) => line.replace(quote, ""));
  // a quote in a quote is text: depth is nobody's need here, and cannot be made endless
  const text = inner.map((line) => line.replaceAll(/^(?:\s{0,3}>\s?)+/g, "")).join("\n");
  return { block: { kind: "quote", blocks: parseMarkdown(text, base) }, next };
}

function readList(lines: readonly string[], at: number, base: string): Read {
  const ordered = number.test(lines[at] ?? "");
  const mark = ordered ? number : bullet;
  const next = endOf(lines, at, (line) => mark.test(line) && !rule.test(line));
  const items = lines.slice(at, next).map((line) => parseInline(line.replace(mark, ""), base));
  return { block: { kind: "list", ordered, items }, next };
}

function readTable(lines: readonly string[], at: number, base: string): Read {
  const next = endOf(lines, at, (line) => tableRow.test(line));
  const [head = [], ...rows] = lines
    .slice(at, next)
    .filter((line) => !/^[\s|:-]+$/.test(line))
    .map((line) => cells(line).map((cell) => parseInline(cell, base)));
  return { block: { kind: "table", head, rows }, next };
}

function cells(line: string): string[] {
  return line
    .trim()
    .replaceAll(/^\||\|$/g, "")
    .split("|")
    .map((cell) => cell.trim());
}

function readParagraph(lines: readonly string[], at: number, base: string): Read {
  const goesOn = (line: string) => !readers.some(({ starts }) => starts.test(line));
  const next = endOf(lines, at, goesOn);
  const inner = lines.slice(at, next).map((line) => parseInline(line.trim(), base));
  return { block: { kind: "paragraph", lines: inner }, next };
}

/** The first line after `at` that does not go on. */
function endOf(lines: readonly string[], at: number, goesOn: (line: string) => boolean): number {
  const end = lines.findIndex((line, index) => index > at && !goesOn(line));
  return end < 0 ? lines.length : end;
}

const inlinePattern =
  /`([^`]+)`|\*\*([^*]+(?:\*[^*]+)*?)\*\*|__([^_]+)__|~~([^~]+)~~|\*([^*\s][^*]*)\*|\[([^[\]]*)\]\(([^()\s]*)\)|(https?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)])/g;

/** The parts of one line; marks that do not close are text. */
export function parseInline(text: string, base: string): readonly Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const found of text.matchAll(inlinePattern)) {
    if (found.index > from) parts.push({ kind: "text", text: text.slice(from, found.index) });
    parts.push(inlineOf(found, base));
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

function inlineOf(found: RegExpMatchArray, base: string): Inline {
  const [whole, code, bold, alsoBold, struck, slanted, label, target, bare] = found;
  if (code !== undefined) return { kind: "code", text: code };
  const marked = [
    ["strong", bold ?? alsoBold],
    ["del", struck],
    ["em", slanted],
  ] as const;
  for (const [kind, inner] of marked) {
    if (inner !== undefined) return { kind, parts: parseInline(inner, base) };
  }
  const href = safeHref(target ?? bare ?? "", base);
  if (href === undefined) return { kind: "text", text: whole };
  return { kind: "link", href, parts: [{ kind: "text", text: hasWords(label) ? label : whole }] };
}

function hasWords(label: string | undefined): label is string {
  return label !== undefined && label !== "";
}
