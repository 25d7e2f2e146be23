import { escapeHtml } from "./escape.ts";
import { tableHtml } from "./html.ts";
import type { Course, ReportFacts, Table } from "./sections.ts";

const width = 720;
const rowHeight = 22;
const labelWidth = 220;

/** Time as the horizontal place in a figure. */
interface Scale {
  readonly from: number;
  readonly to: number;
}

function scaleOf(times: readonly string[]): Scale {
  const numbers = times.map((time) => Date.parse(time));
  return { from: Math.min(...numbers), to: Math.max(...numbers) };
}

function place({ from, to }: Scale, time: string): number {
  const share = to === from ? 0 : (Date.parse(time) - from) / (to - from);
  return round(labelWidth + share * (width - labelWidth - 10));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A piece of time in a row of a figure. */
interface Piece {
  readonly row: number;
  readonly from: string;
  readonly to: string;

  /** Stands in it, so that colour and pattern alone say nothing. */
  readonly letter: string;
  readonly fill: string;
}

function pieceSvg(scale: Scale, { row, from, to, letter, fill }: Piece): string {
  const [x, end] = [place(scale, from), place(scale, to)];
  const [y, length] = [row * rowHeight + 4, Math.max(2, round(end - x))];
  const shown =
    length < 12
      ? ""
      : `<rect x="${x + 1}" y="${y + 1}" width="10" height="12" fill="var(--paper)"/>` +
        `<text x="${x + 2.5}" y="${y + 11}" font-size="10" fill="currentColor">${letter}</text>`;
  return (
    `<rect x="${x}" y="${y}" width="${length}" height="${rowHeight - 8}" fill="${fill}" ` +
    `stroke="currentColor" stroke-width=".5"/>${shown}`
  );
}

function labelSvg(label: string, row: number): string {
  const bare = label.replace(/^\[[^\]]*\] /, "");
  const text = bare.length > 34 ? `${bare.slice(0, 33)}…` : bare;
  return `<text x="0" y="${row * rowHeight + 15}" font-size="12" fill="currentColor">${escapeHtml(text)}</text>`;
}

interface Figure {
  readonly name: string;
  readonly caption: string;
  readonly height: number;
  readonly shapes: readonly string[];
  readonly table: Table;
}

/** A drawing with a name, a caption, and the same as a table. */
function figureHtml({ name, caption, height, shapes, table }: Figure): string {
  return [
    "<figure>",
    `<svg role="img" aria-label="${escapeHtml(name)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    ...shapes,
    "</svg>",
    `<figcaption>${escapeHtml(caption)}</figcaption>`,
    `<details><summary>The same as a table</summary>${tableHtml(name, table)}</details>`,
    "</figure>",
  ].join("\n");
}

/** The phases as bands. */
export function timeFigure({ phases }: ReportFacts): string {
  if (phases.length === 0) return "";
  const ends = phases.map(({ start, seconds }) =>
    new Date(Date.parse(start) + seconds * 1000).toISOString(),
  );
  const scale = scaleOf([...phases.map(({ start }) => start), ...ends]);
  const shapes = phases.flatMap(({ phase, status, start }, row) => {
    const fill = status === "met" ? "var(--good)" : "url(#phases)";
    const letter = status.charAt(0);
    return [
      labelSvg(phase, row),
      pieceSvg(scale, { row, from: start, to: ends[row] ?? start, letter, fill }),
    ];
  });
  return figureHtml({
    name: "Phases of the run",
    caption: "Phases of the run: m met, u unmet, b broken.",
    height: phases.length * rowHeight + 8,
    shapes: [hatch("phases"), ...shapes],
    table: {
      head: ["phase", "outcome", "from (UTC)", "for"],
      rows: phases.map(({ phase, status, start, seconds }) => [
        phase,
        status,
        start,
        `${seconds} s`,
      ]),
    },
  });
}

/** A strip for each monitor. */
export function monitorsFigure({ monitors }: ReportFacts): string {
  const parts = monitors.flatMap((one) => one.parts);
  if (parts.length === 0) return "";
  const scale = scaleOf(parts.flatMap(({ from, to }) => [from, to]));
  const shapes = monitors.flatMap(({ name, parts: own }, row) => [
    labelSvg(name, row),
    ...own.map((one) => pieceSvg(scale, { row, from: one.from, to: one.to, ...lookOf(one.state) })),
  ]);
  return figureHtml({
    name: "States of the monitors",
    caption: "States of the monitors while the fault was held: O OK, A Alert, W Warn, N No Data.",
    height: monitors.length * rowHeight + 8,
    shapes: [hatch("alert"), dots("warn"), ...shapes],
    table: {
      head: ["monitor", "states"],
      rows: monitors.map((one) => [one.name, courseText(one)]),
    },
  });
}

function courseText({ parts }: Course): string {
  return parts.map(({ state, from }) => `${state} since ${from}`).join(", ");
}

function lookOf(state: string): Pick<Piece, "letter" | "fill"> {
  const letter = state.charAt(0);
  if (state === "Alert") return { letter, fill: "url(#alert)" };
  if (state === "Warn") return { letter, fill: "url(#warn)" };
  return { letter, fill: state === "OK" ? "var(--good)" : "none" };
}

const barHeight = 120;

/** Orders of each step: placed below, failed hatched above. */
export function ordersFigure({ orders }: ReportFacts): string {
  if (orders.length === 0) return "";
  const most = Math.max(1, ...orders.map(({ placed, failed }) => placed + failed));
  const wide = width / orders.length;
  const bars = orders.flatMap(({ placed, failed }, index) => {
    const [low, high] = [(placed / most) * barHeight, (failed / most) * barHeight];
    const across = `x="${round(index * wide)}" width="${round(Math.max(1, wide - 1))}"`;
    return [
      `<rect ${across} y="${round(barHeight - low)}" height="${round(low)}" fill="var(--good)"/>`,
      `<rect ${across} y="${round(barHeight - low - high)}" height="${round(high)}" ` +
        'fill="url(#failed)" stroke="currentColor" stroke-width=".5"/>',
    ];
  });
  return figureHtml({
    name: `Orders placed and failed over time, at most ${most} between two looks`,
    caption: `Orders between two looks, at most ${most}: placed plain, failed hatched.`,
    height: barHeight,
    shapes: [hatch("failed"), ...bars],
    table: {
      head: ["until (UTC)", "placed", "failed"],
      rows: orders.map(({ at, placed, failed }) => [at, String(placed), String(failed)]),
    },
  });
}

function hatch(id: string): string {
  return pattern(id, '<path d="M0 0V6" stroke="var(--bad)" stroke-width="3"/>');
}

function dots(id: string): string {
  return pattern(id, '<circle cx="3" cy="3" r="1.5" fill="var(--bad)"/>');
}

function pattern(id: string, shape: string): string {
  return (
    `<defs><pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" ` +
    `patternTransform="rotate(45)">${shape}</pattern></defs>`
  );
}
