import type { Dashboard, Widget } from "../../sandbox/page/browser/api/shapes.ts";
import { expand, pickedOf } from "../../sandbox/page/browser/dashboards/variables.ts";
import type { ScenarioStandIn } from "./scenario-stand-in.ts";
import { type Svg, tag, textLine } from "./svg.ts";
import { widgetPicture } from "./widget-pictures.ts";

export interface BoardPicture {
  readonly title: string;
  /** Name of its files. */
  readonly slug: string;
  readonly svg: Svg;
  /** Titles of the widgets that show no data. */
  readonly empty: readonly string[];
}

const columns = 12;
const cell = { width: 104, height: 68 };
const gap = 8;
const head = 40;

/** A declared board over a scenario as one picture. */
export async function boardPicture(id: string, standIn: ScenarioStandIn): Promise<BoardPicture> {
  const board = await standIn.ask<Dashboard>(`GET /api/v1/dashboard/${id}`);
  const variables = board.template_variables ?? [];
  const picked = pickedOf(variables, new URLSearchParams());
  const source = { standIn, expand: (query: string) => expand(query, variables, picked) };
  const frames: Svg[] = [];
  const empty: string[] = [];
  const widgets = flat(board.widgets);
  for (const widget of widgets) {
    if (widget.definition.type === "group") {
      frames.push(frame(widget, ""));
      continue;
    }
    const { width, height } = placeOf(widget);
    const title = widget.definition.title ?? widget.definition.type;
    const inner = { width: width - 20, height: height - 36 };
    const { svg, hasData } = await widgetPicture(widget, source, inner);
    if (!hasData) empty.push(title);
    frames.push(frame(widget, hasData ? svg : textLine("No data", { x: 0, y: 14, width })));
  }
  const places = widgets.map(placeOf);
  const size = {
    width: columns * cell.width + gap,
    height: Math.max(0, ...places.map(({ y, height }) => y + height)) + gap,
  };
  const title = textLine(
    board.title,
    { x: gap, y: 26, width: size.width },
    { size: 18, weight: "bold" },
  );
  const svg = tag(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      ...size,
      viewBox: `0 0 ${size.width} ${size.height}`,
      "font-family": "DejaVu Sans, sans-serif",
      role: "img",
      "aria-label": `${board.title}, drawn by the Datadog stand-in`,
    },
    tag("rect", { ...size, fill: "#fff" }),
    title,
    ...frames,
  );
  return { title: board.title, slug: board.url.split("/").at(-1) ?? id, svg: `${svg}\n`, empty };
}

/** Groups before what is in them, and that at its place on the board: below the group's own row. */
function flat(widgets: readonly Widget[], top = 0): readonly Widget[] {
  return widgets.flatMap((widget) => {
    const { layout, definition } = widget;
    const placed = layout && { ...widget, layout: { ...layout, y: layout.y + top } };
    const inner = definition["widgets"];
    return Array.isArray(inner)
      ? [placed ?? widget, ...flat(inner as readonly Widget[], top + (layout?.y ?? 0) + 1)]
      : [placed ?? widget];
  });
}

function placeOf({ layout = { x: 0, y: 0, width: columns, height: 2 } }: Widget) {
  return {
    x: gap + layout.x * cell.width,
    y: head + layout.y * cell.height,
    width: layout.width * cell.width - gap,
    height: layout.height * cell.height - gap,
  };
}

function frame(widget: Widget, content: Svg): Svg {
  const { x, y, width, height } = placeOf(widget);
  const { title = "" } = widget.definition;
  return tag(
    "g",
    { transform: `translate(${x} ${y})` },
    tag("rect", { width, height, rx: 5, fill: "none", stroke: "#8a929c" }),
    textLine(title, { x: 10, y: 18, width: width - 20 }, { size: 13, weight: "bold" }),
    tag("g", { transform: `translate(10 ${title === "" ? 8 : 28})` }, content),
  );
}
