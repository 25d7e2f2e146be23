import { escapeHtml } from "./escape.ts";
import type { Section, Table } from "./sections.ts";

/** What a report shows. */
export interface Page {
  readonly title: string;
  readonly headline: readonly (readonly [string, string])[];

  /** Drawn between the first screen and the sections; finished HTML. */
  readonly figures: readonly string[];
  readonly sections: readonly Section[];
}

const style = `
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--line:#c9d1d9;--band:#eef2f6;--bad:#b3261e;--good:#1a6b34}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#10151b;--line:#39424d;--band:#1b232c;--bad:#ff9b94;--good:#7ee2a0}}
body{margin:0 auto;max-width:60rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2rem}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:.75rem;margin:0}
dl div{border:1px solid var(--line);border-radius:.4rem;padding:.5rem .75rem}
dt{font-size:.85rem}dd{margin:0;font-weight:600;overflow-wrap:anywhere}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{border:1px solid var(--line);padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:var(--band)}figure{margin:1rem 0}svg{max-width:100%;height:auto}
a{color:inherit}.source{font-size:.85rem}
@media print{body{max-width:none;padding:0}h2{break-after:avoid}tr,figure{break-inside:avoid}.scroll{overflow:visible}}
`.trim();

/** One page without a script or a request to anywhere. */
export function htmlPage({ title, headline, figures, sections }: Page): string {
  const facts = headline
    .map(([what, value]) => `<div><dt>${escapeHtml(what)}</dt><dd>${escapeHtml(value)}</dd></div>`)
    .join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<dl>
${facts}
</dl>
${figures.join("\n")}
${sections.map(sectionHtml).join("\n")}
</main>
</body>
</html>
`;
}

function sectionHtml({ title, text = [], table, source }: Section): string {
  const paragraphs = text.map((line) => `<p>${escapeHtml(line)}</p>`);
  const from =
    source === undefined
      ? []
      : [`<p class="source">From <a href="${escapeHtml(source)}">${escapeHtml(source)}</a></p>`];
  const shown = table === undefined ? [] : [tableHtml(title, table)];
  return [
    `<section>`,
    `<h2>${escapeHtml(title)}</h2>`,
    ...paragraphs,
    ...shown,
    ...from,
    `</section>`,
  ].join("\n");
}

/** A table that scrolls by keyboard, too, where it is wider than the screen. */
export function tableHtml(name: string, { head, rows }: Table): string {
  const cells = (tag: string, row: readonly string[], scope = "") =>
    row.map((cell) => `<${tag}${scope}>${escapeHtml(cell)}</${tag}>`).join("");
  const body = rows.map((row) => `<tr>${cells("td", row)}</tr>`).join("\n");
  return (
    `<div class="scroll" tabindex="0" role="group" aria-label="${escapeHtml(name)}"><table>\n` +
    `<thead><tr>${cells("th", head, ' scope="col"')}</tr></thead>\n<tbody>\n${body}\n</tbody></table></div>`
  );
}
