import uPlot from "uplot";
import type { Curve } from "../dashboards/curves.ts";
import type { Marker } from "../dashboards/markers.ts";
import { numberText } from "../text/numbers.ts";
import { clockTime } from "../time/words.ts";
import type { Window } from "../time/range.ts";
import { colourOf, dashOf, markerColour, themed } from "./colours.ts";
import { heightsOf, isStacked, yRange } from "./stack.ts";

/** What a graph shows. */
export interface Content {
  /** Milliseconds since 1970, rising. */
  readonly times: readonly number[];
  readonly curves: readonly Curve[];
  readonly markers: readonly Marker[];
  /** Events behind the curves. */
  readonly events: readonly { readonly at: number; readonly title: string }[];
  readonly window: Window;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The picture alone: words are beside it, as HTML.
 *
 * @param current what is to be shown at the time of drawing
 */
export function plotOf(current: () => Content, size: Size, target: HTMLElement): uPlot {
  const content = current();
  const { curves } = content;
  const axis = { stroke: themed("--text"), grid: { stroke: themed("--grid"), width: 1 } };
  const unit = curves[0]?.unit ?? null;
  const options: uPlot.Options = {
    ...size,
    ms: 1,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    scales: {
      x: { time: true, range: () => [current().window.from, current().window.to] },
      y: { range: () => [...heightRange(current())] },
    },
    axes: [
      { ...axis, space: 70, values: (_plot, ticks, _axis, ...rest) => tickWords(ticks, rest[1]) },
      { ...axis, size: 64, values: (_plot, ticks) => ticks.map((at) => numberText(at, { unit })) },
    ],
    // what is stacked highest is drawn first, so that the lower ones stand before it
    series: [{}, ...curves.map(seriesOf).reverse()],
    hooks: {
      drawClear: [
        (plot) => {
          drawEvents(plot, current());
        },
      ],
      draw: [
        (plot) => {
          drawMarkers(plot, current());
        },
      ],
    },
  };
  return new uPlot(options, dataOf(content), target);
}

const dayMs = 86_400_000;

/** The time of each tick, as fine as the ticks are. */
function tickWords(ticks: readonly number[], step: number): string[] {
  const parts = step >= dayMs ? [5, 10] : step >= 60_000 ? [11, 16] : [11, 19];
  return ticks.map((at) => clockTime(at).slice(...parts));
}

/** Times and heights as uPlot takes them, in the order of its series. */
export function dataOf({ times, curves }: Content): uPlot.AlignedData {
  return [
    [...times],
    ...heightsOf(curves)
      .map((values) => [...values])
      .reverse(),
  ];
}

function heightRange({ curves, markers }: Content): readonly [number, number] {
  return yRange(
    heightsOf(curves),
    markers.flatMap(({ levels }) => levels),
  );
}

function seriesOf(curve: Curve, index: number): uPlot.Series {
  const stroke = colourOf(index);
  const { label, display } = curve;
  if (!isStacked(curve)) return { label, stroke, width: 2, dash: dashOf(index) };
  if (display === "area") return { label, stroke, width: 1, fill: `${stroke}99` };
  const paths = uPlot.paths.bars?.({ size: [0.8, 40, 1] });
  const points = { show: false };
  return { label, stroke, width: 1, fill: stroke, points, ...(paths && { paths }) };
}

function drawEvents(plot: uPlot, { events, window }: Content): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = themed("--event");
  for (const { at } of events) {
    if (at < window.from || at > window.to) continue;
    const x = Math.round(plot.valToPos(at, "x", true));
    ctx.fillRect(x - 2, bbox.top, 4, bbox.height);
  }
  ctx.restore();
}

function drawMarkers(plot: uPlot, { markers }: Content): void {
  const { ctx, bbox } = plot;
  ctx.save();
  for (const { levels, kind, isDashed } of markers) {
    ctx.strokeStyle = markerColour(kind);
    ctx.lineWidth = 2;
    ctx.setLineDash(isDashed ? [6, 4] : []);
    for (const level of levels) {
      const y = Math.round(plot.valToPos(level, "y", true));
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
    }
  }
  ctx.restore();
}
