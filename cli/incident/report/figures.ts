import { escapeHtml } from "./escape.ts";
import { tableHtml } from "./html.ts";
import type { ReportFacts } from "./sections.ts";

const width = 720;
const rowHeight = 22;
const labelWidth = 150;

/** Time as the horizontal place in a figure. */
interface Scale {
  readonly from: number;
  readonly to: number;
}

function at({ from, to }: Scale, time: number): number {
  const share = to === from ? 0 : (time - from) / (to - from);
  return Math.round((labelWidth + share * (width - labelWidth - 10)) * 10) / 10;
}

/** Phases as bands, and below them a strip for each monitor from when it alerts. */
export function timeFigure({ phases, alerts }: ReportFacts): string {
  if (phases.length === 0) return "";
  const begins = phases.map(({ start }) => Date.parse(start));
  const ends = phases.map(({ start, seconds }) => Date.parse(start) + seconds * 1000);
  const scale = { from: Math.min(...begins), to: Math.max(...ends) };
  const bands = phases.map(({ phase, status, start, seconds }, index) => {
    const [x, end] = [at(scale, Date.parse(start)), at(scale, Date.parse(start) + seconds * 1000)];
    return strip({ label: phase, letter: status.charAt(0), index, x, end, fine: status === "met" });
  });
  const strips = alerts.map(({ name, since }, index) => {
    const x = at(scale, Math.max(Date.parse(since), scale.from));
    const row = phases.length + index;
    return strip({
      label: short(name),
      letter: "A",
      index: row,
      x,
      end: at(scale, scale.to),
      fine: false,
    });
  });
  const height = (phases.length + alerts.length) * rowHeight + 8;
  const rows = [
    ...phases.map(({ phase, status, start, seconds }) => [phase, status, start, `${seconds} s`]),
    ...alerts.map(({ name, since, until }) => [
      name,
      "alerts",
      since,
      until === undefined ? "to the end" : `until ${until}`,
    ]),
  ];
  const table = { head: ["what", "state", "from (UTC)", "for"], rows };
  return [
    "<figure>",
    `<svg role="img" aria-label="Phases of the run and alerts over time" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    hatch("hatch"),
    ...bands,
    ...strips,
    "</svg>",
    "<figcaption>Phases, and monitors that alert: m met, u unmet, b broken, A alert.</figcaption>",
    `<details><summary>The same as a table</summary>${tableHtml("Phases and alerts", table)}</details>`,
    "</figure>",
  ].join("\n");
}

interface Strip {
  readonly label: string;
  readonly letter: string;
  readonly index: number;
  readonly x: number;
  readonly end: number;

  /** Plain; else hatched, so that colour alone tells nothing. */
  readonly fine: boolean;
}

function strip({ label, letter, index, x, end, fine }: Strip): string {
  const y = index * rowHeight + 4;
  const length = Math.max(2, Math.round((end - x) * 10) / 10);
  const fill = fine ? "var(--good)" : "url(#hatch)";
  return (
    `<text x="0" y="${y + 13}" font-size="12" fill="currentColor">${escapeHtml(label)} ${letter}</text>` +
    `<rect x="${x}" y="${y}" width="${length}" height="${rowHeight - 8}" fill="${fill}" stroke="currentColor" stroke-width=".5"/>`
  );
}

function short(name: string): string {
  return name.length > 20 ? `${name.slice(0, 19)}…` : name;
}

const barHeight = 120;

/** Orders of each step: placed below, failed hatched above. */
export function ordersFigure({ orders }: ReportFacts): string {
  if (orders.length === 0) return "";
  const most = Math.max(1, ...orders.map(({ placed, failed }) => placed + failed));
  const wide = width / orders.length;
  const round = (value: number): number => Math.round(value * 10) / 10;
  const bars = orders.flatMap(({ placed, failed }, index) => {
    const [low, high] = [placed, failed].map((count) => (count / most) * barHeight) as [
      number,
      number,
    ];
    const place = `x="${round(index * wide)}" width="${round(Math.max(1, wide - 1))}"`;
    return [
      `<rect ${place} y="${round(barHeight - low)}" height="${round(low)}" fill="var(--good)"/>`,
      `<rect ${place} y="${round(barHeight - low - high)}" height="${round(high)}" fill="url(#failed)" stroke="currentColor" stroke-width=".5"/>`,
    ];
  });
  const rows = orders.map(({ at: time, placed, failed }) => [time, String(placed), String(failed)]);
  const table = { head: ["until (UTC)", "placed", "failed"], rows };
  return [
    "<figure>",
    `<svg role="img" aria-label="Orders placed and failed over time, at most ${most} in one step" viewBox="0 0 ${width} ${barHeight}" width="${width}" height="${barHeight}">`,
    hatch("failed"),
    ...bars,
    "</svg>",
    `<figcaption>Orders between two looks, at most ${most}: placed plain, failed hatched.</figcaption>`,
    `<details><summary>The same as a table</summary>${tableHtml("Orders over time", table)}</details>`,
    "</figure>",
  ].join("\n");
}

function hatch(id: string): string {
  return (
    `<defs><pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
    '<rect width="6" height="6" fill="none"/><path d="M0 0V6" stroke="var(--bad)" stroke-width="3"/></pattern></defs>'
  );
}
