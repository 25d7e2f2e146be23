import { heightsOf, isStacked, yRange } from "../../sandbox/page/browser/charts/stack.ts";
import type { Curve, Graph } from "../../sandbox/page/browser/dashboards/curves.ts";
import type { Marker } from "../../sandbox/page/browser/dashboards/markers.ts";
import { numberText } from "../../sandbox/page/browser/text/numbers.ts";
import type { Window } from "../../sandbox/page/browser/time/range.ts";
import { type Svg, tag, textLine } from "./svg.ts";

const colours = [
  "#0b5cad",
  "#b3400a",
  "#1d6b34",
  "#8a1f7a",
  "#7a5200",
  "#00707a",
  "#a8201a",
] as const;

const dashes = [undefined, "8 4", "2 3", "12 4 2 4"];
const markerColours: Partial<Record<string, string>> = {
  error: "#a8201a",
  warning: "#7a5200",
  ok: "#1d6b34",
};

export interface TimeGraph extends Graph {
  readonly markers: readonly Marker[];
  /** Events behind the curves; ms since 1970. */
  readonly events: readonly number[];
  readonly window: Window;
}

export interface Box {
  readonly width: number;
  readonly height: number;
}

interface Scales {
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  readonly step: number;
}

const left = 52;
const bottom = 18;
const legendHeight = 16;

/** Curves over time with axes, levels, events and a legend. */
export function timeGraph(graph: TimeGraph, { width, height }: Box): Svg {
  const { window, markers, events, curves } = graph;
  const plot = { width: width - left - 6, height: height - bottom - legendHeight - 6 };
  const heights = heightsOf(curves);
  const levels = markers.flatMap((marker) => marker.levels);
  const [low, high] = yRange(heights, levels);
  const scales: Scales = {
    x: (at) => left + ((at - window.from) / (window.to - window.from)) * plot.width,
    y: (value) => 6 + (1 - (value - low) / (high - low)) * plot.height,
    step: stepOf(graph),
  };
  const bars = events.map((at) =>
    tag("rect", { x: scales.x(at) - 1.5, y: 6, width: 3, height: plot.height, fill: "#d9a4d2" }),
  );
  const drawn = curves.map((curve, index) => curveOf(graph, heights, { curve, index, scales }));
  return [
    ...axes(graph, [low, high], { scales, plot }),
    ...bars,
    // what is stacked highest is drawn first, so that the lower ones stand before it
    ...drawn.toReversed(),
    ...markers.flatMap((one) => levelLines(one, scales, plot.width)),
    legend(curves, { width, height }),
  ].join("");
}

function stepOf({ times }: Graph): number {
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  return gaps.length === 0 ? 0 : Math.min(...gaps);
}

function axes(
  { window }: TimeGraph,
  [low, high]: readonly [number, number],
  { scales, plot }: { readonly scales: Scales; readonly plot: Box },
): readonly Svg[] {
  const lines = [0, 0.5, 1].flatMap((share) => {
    const value = low + (high - low) * share;
    const y = scales.y(value);
    const place = { x: left - 6, y: y + 4, width: left };
    return [
      tag("line", { x1: left, x2: left + plot.width, y1: y, y2: y, stroke: "#e3e6ea" }),
      textLine(numberText(value), place, { size: 10, anchor: "end" }),
    ];
  });
  const times = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = window.from + (window.to - window.from) * share;
    const words = new Date(at).toISOString().slice(11, 16);
    const anchor = share === 1 ? "end" : "middle";
    const place = { x: scales.x(at), y: plot.height + 6 + 13, width: 60 };
    return textLine(words, place, { size: 10, anchor });
  });
  return [...lines, ...times];
}

function curveOf(
  { times }: Graph,
  heights: readonly (readonly (number | null)[])[],
  {
    curve,
    index,
    scales,
  }: { readonly curve: Curve; readonly index: number; readonly scales: Scales },
): Svg {
  const stroke = colours[index % colours.length] ?? "gray";
  const values = heights[index] ?? [];
  if (isStacked(curve)) return barsOf(times, values, { scales, fill: stroke });
  const path = times.reduce((line, at, step) => {
    const value = values[step];
    if (value === null || value === undefined) return line;
    const isFirst = (values[step - 1] ?? null) === null;
    return `${line}${isFirst ? "M" : "L"}${round(scales.x(at))} ${round(scales.y(value))}`;
  }, "");
  const dash = dashes[index % dashes.length];
  const attributes = { fill: "none", stroke, "stroke-width": 2, "stroke-linecap": "round" };
  return path === "" ? "" : tag("path", { d: path, ...attributes, "stroke-dasharray": dash });
}

function barsOf(
  times: readonly number[],
  values: readonly (number | null)[],
  { scales, fill }: { readonly scales: Scales; readonly fill: string },
): Svg {
  const width = Math.max(1, (scales.x(scales.step) - scales.x(0)) * 0.8);
  const path = times.reduce((all, at, step) => {
    const value = values[step] ?? 0;
    if (value === 0) return all;
    const [x, top] = [round(scales.x(at)), round(scales.y(value))];
    return `${all}M${x} ${top}h${round(width)}V${round(scales.y(0))}H${x}z`;
  }, "");
  return path === "" ? "" : tag("path", { d: path, fill });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function levelLines({ levels, kind, isDashed }: Marker, { y }: Scales, width: number): Svg[] {
  return levels.map((level) =>
    tag("line", {
      ...{ x1: left, x2: left + width, y1: y(level), y2: y(level) },
      stroke: markerColours[kind] ?? "#4a525c",
      "stroke-dasharray": isDashed ? "6 4" : undefined,
    }),
  );
}

function legend(curves: readonly Curve[], { width, height }: Box): Svg {
  const shown = curves.slice(0, 4);
  const share = width / Math.max(1, shown.length);
  return shown
    .map(({ label }, index) => {
      const swatch = { x: index * share, y: height - 11, width: 9, height: 9 };
      const place = { x: index * share + 13, y: height - 2, width: share - 16 };
      return (
        tag("rect", { ...swatch, fill: colours[index] }) + textLine(label, place, { size: 11 })
      );
    })
    .join("");
}
