import { messageOf } from "../api/client.ts";
import type { Definition, Widget } from "../api/shapes.ts";
import { element, foreign, link } from "../dom/element.ts";
import { markdown } from "../dom/markdown.ts";
import { repeat, update } from "../dom/refresh.ts";
import { type Board, type Draw, textIn } from "./board.ts";
import { customLinks } from "./custom-links.ts";
import { NotDrawn } from "./requests.ts";
import { drawAlertGraph, drawManageStatus } from "./widgets/monitors.ts";
import { drawQueryTable, drawQueryValue, drawToplist } from "./widgets/numbers.ts";
import { drawSlo } from "./widgets/slo.ts";
import { drawListStream } from "./widgets/streams.ts";
import { drawTimeseries } from "./widgets/timeseries.ts";

const drawers: Partial<Record<string, Draw>> = {
  timeseries: drawTimeseries,
  query_value: drawQueryValue,
  toplist: drawToplist,
  query_table: drawQueryTable,
  list_stream: drawListStream,
  slo: drawSlo,
  manage_status: drawManageStatus,
  alert_graph: drawAlertGraph,
};

/** A widget in its frame, drawn and kept up to date; what goes wrong is said in its own place. */
function drawWidget({ definition }: Widget, board: Board): HTMLElement {
  const body = element("div", { class: "body" });
  const problem = element("p", { class: "problem" });
  problem.hidden = true;
  const { title } = definition;
  const links = element("p", { class: "links" });
  const frame = element(
    "section",
    { class: `widget widget-${definition.type.replaceAll(/[^a-z_]/g, "")}` },
    title !== undefined && title !== "" && element("h2", {}, foreign(title)),
    problem,
    body,
    links,
  );
  if (definition.type === "note") body.append(markdown(textIn(definition, "content") ?? ""));
  else if (definition.type === "free_text") body.append(foreign(textIn(definition, "text") ?? ""));
  else if (definition.type === "group") drawGroup(definition, board, body);
  else start(definition, board, { body, problem, links });
  return frame;
}

function drawGroup(definition: Definition, board: Board, body: HTMLElement): void {
  const inner = Array.isArray(definition["widgets"])
    ? (definition["widgets"] as readonly Widget[])
    : [];
  body.append(element("div", { class: "board" }, ...inner.map((one) => placed(one, board))));
}

interface Frame {
  readonly body: HTMLElement;
  readonly problem: HTMLElement;
  readonly links: HTMLElement;
}

function start(definition: Definition, board: Board, { body, problem, links }: Frame): void {
  const say = (words: string): void => {
    problem.replaceChildren(foreign(words));
    problem.hidden = words === "";
  };
  try {
    const draw = drawers[definition.type];
    if (draw === undefined) {
      throw new NotDrawn(`the page has no picture of widgets of type "${definition.type}"`);
    }
    const { refresh, everyMs } = draw(definition, board, body);
    const look = async (): Promise<void> => {
      await refresh().then(
        () => {
          say("");
          showLinks(definition, board, links);
        },
        (error: unknown) => {
          if (!board.signal.aborted) say(messageOf(error));
        },
      );
    };
    repeat(everyMs, look, board.signal);
  } catch (error) {
    say(error instanceof NotDrawn ? `not drawn: ${error.message}` : messageOf(error));
    body.append(declaration(definition));
  }
}

function showLinks(definition: Definition, board: Board, place: HTMLElement): void {
  const found = customLinks(definition, board.windowOf(definition), board.expand, location.origin);
  update(place, ...found.flatMap(({ label, href }) => [link(href, label), " "]));
}

/** What was declared, for a widget that cannot be drawn. */
function declaration(definition: Definition): HTMLElement {
  return element(
    "details",
    {},
    element("summary", {}, "Declared as"),
    element("pre", { tabindex: 0 }, foreign(JSON.stringify(definition, null, 2))),
  );
}

/** A widget at its place among the board's twelve columns. */
export function placed(widget: Widget, board: Board): HTMLElement {
  const frame = drawWidget(widget, board);
  const { layout } = widget;
  if (layout !== undefined) {
    frame.style.gridColumn = `${layout.x + 1} / span ${layout.width}`;
    frame.style.gridRow = `${layout.y + 1} / span ${layout.height}`;
  }
  return frame;
}
