import { escapeCell } from "./escape.ts";
import type { Page } from "./html.ts";
import type { Section, Table } from "./sections.ts";

/** The same as the page, as Markdown; figures have their numbers in tables. */
export function markdownPage({ title, headline, sections }: Omit<Page, "figures">): string {
  const first = { head: ["question", "answer"], rows: headline.map((row) => [...row]) };
  return [`# ${title}`, "", ...tableLines(first), "", ...sections.flatMap(sectionLines)].join("\n");
}

function sectionLines({ title, text = [], table, source }: Section): string[] {
  return [
    `## ${title}`,
    "",
    ...text.flatMap((line) => [line, ""]),
    ...(table === undefined ? [] : [...tableLines(table), ""]),
    ...(source === undefined ? [] : [`From [${source}](${source})`, ""]),
  ];
}

function tableLines({ head, rows }: Table): string[] {
  const line = (row: readonly string[]) => `| ${row.map(escapeCell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}
