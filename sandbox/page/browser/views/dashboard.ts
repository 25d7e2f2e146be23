import { get } from "../api/client.ts";
import type { Dashboard, Definition, TemplateVariable } from "../api/shapes.ts";
import type { Board } from "../dashboards/board.ts";
import { placed } from "../dashboards/draw-widget.ts";
import { expand, type Picked, pickedOf } from "../dashboards/variables.ts";
import { element, foreign } from "../dom/element.ts";
import { rangeOf, spanMs, windowOf } from "../time/range.ts";
import type { Page, View } from "../view.ts";
import { timeControls } from "./time-controls.ts";

export const dashboardPage: Page = { title: "Dashboard", draw };

const hourMs = 3_600_000;

async function draw(view: View): Promise<void> {
  const { place, url, signal } = view;
  const id = url.pathname.split("/")[2] ?? "";
  const dashboard = await get<Dashboard>(`/api/v1/dashboard/${encodeURIComponent(id)}`, signal);
  const variables = dashboard.template_variables ?? [];
  const picked = pickedOf(variables, url.searchParams);
  const range = rangeOf(url.searchParams, hourMs);
  const board: Board = {
    expand: (query) => expand(query, variables, picked),
    windowOf: (definition) => {
      const own = ownSpan(definition);
      const window = windowOf(range, Date.now());
      return own === undefined ? window : { from: window.to - own, to: window.to };
    },
    signal,
  };
  place.append(
    element("p", { class: "title" }, foreign(dashboard.title)),
    element("p", { class: "what" }, foreign(dashboard.description ?? "")),
    element(
      "div",
      { class: "row" },
      timeControls(view, range),
      ...variables.map((one) => variableField(view, one, picked)),
    ),
    element("div", { class: "board" }, ...dashboard.widgets.map((widget) => placed(widget, board))),
  );
}

/** A widget may show a span of its own. */
function ownSpan({ time }: Definition): number | undefined {
  const span =
    typeof time === "object" && time !== null
      ? (time as { live_span?: unknown }).live_span
      : undefined;
  return typeof span === "string" ? spanMs(span) : undefined;
}

function variableField({ url, go }: View, variable: TemplateVariable, picked: Picked): HTMLElement {
  const { name, available_values: values } = variable;
  const id = `variable-${name}`;
  const list = values && values.length > 0 ? `${id}-values` : undefined;
  const field = element("input", {
    id,
    list,
    value: picked[name] ?? "*",
    onchange: () => {
      const next = new URL(url);
      next.searchParams.set(`tpl_var_${name}`, field.value === "" ? "*" : field.value);
      go(next);
    },
  });
  return element(
    "div",
    { class: "row" },
    element("label", { for: id }, foreign(`$${name}`)),
    field,
    list !== undefined &&
      element(
        "datalist",
        { id: list },
        ...(values ?? []).map((value) => element("option", { value })),
      ),
  );
}
