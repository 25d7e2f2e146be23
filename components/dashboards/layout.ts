import type { Tile, Widget } from "./widgets.ts";

/** A board's frame: what people pick it by, and what is preset. */
export interface Frame {
  readonly title: string;
  readonly description: string;
  readonly preset: { readonly cluster: string; readonly namespace: string };
}

/** A dashboard as `POST /api/v1/dashboard` takes it. */
export interface Board {
  readonly title: string;
  readonly widgets: readonly {
    readonly definition: Widget;
    readonly layout: {
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    };
  }[];
  readonly [property: string]: unknown;
}

const columns = 12;

/** Puts rows of tiles below each other, each row from left to right. */
export function board(frame: Frame, rows: readonly (readonly Tile[])[]): Board {
  const { title, description, preset } = frame;
  return {
    title,
    description,
    layout_type: "ordered",
    reflow_type: "fixed",
    tags: ["team:sock-shop"],
    template_variables: [
      variable("cluster", "kube_cluster_name", preset.cluster),
      variable("namespace", "kube_namespace", preset.namespace),
      variable("service", "service", "*"),
    ],
    // Left out, the API adds it, which would read as drift.
    notify_list: [],
    // Left out, the API adds nothing; sent, it is answered as it is: everybody may edit the board.
    restricted_roles: [],
    widgets: placed(rows),
  };
}

function variable(name: string, prefix: string, preset: string) {
  return { name, prefix, available_values: [], defaults: [preset] };
}

function placed(rows: readonly (readonly Tile[])[]): Board["widgets"] {
  let y = 0;
  return rows.flatMap((row) => {
    const top = y;
    let x = 0;
    y += Math.max(...row.map(({ height }) => height));
    return row.map(({ widget, width, height }) => {
      const layout = { x, y: top, width, height };
      x += width;
      if (x > columns) throw new Error(`a row is wider than ${columns} columns`);
      return { definition: widget, layout };
    });
  });
}

/** A tile of a size. */
export function tile(width: number, height: number, widget: Widget): Tile {
  return { widget, width, height };
}
