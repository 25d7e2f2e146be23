import type { Board } from "../../../components/dashboards/layout.ts";
import type { Widget } from "../../../components/dashboards/widgets.ts";

/** One query of a widget, whatever it asks: metrics, log lines, events or monitors. */
export interface Asked {
  readonly widget: string;
  readonly query: string;
}

/** The widgets of a board in reading order, groups and what is in them. */
export function widgetsOf(board: Pick<Board, "widgets">): readonly Widget[] {
  return board.widgets.flatMap(({ definition }) => [
    definition,
    ...(definition.type === "group" ? widgetsOf(definition as unknown as Board) : []),
  ]);
}

/** Everything that a board's widgets look for, each query once for each place in which it stands. */
export function queriesOf(board: Pick<Board, "widgets">): readonly Asked[] {
  return widgetsOf(board)
    .filter(({ type }) => type !== "group")
    .flatMap((widget) =>
      searchesOf(widget).map((query) => ({ widget: String(widget["title"]), query })),
    );
}

function searchesOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    ["query", "query_string", "q"].includes(name) && typeof part === "string"
      ? [part]
      : searchesOf(part),
  );
}
