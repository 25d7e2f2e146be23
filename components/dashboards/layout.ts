import { logsHere } from "./variables.ts";
import type { Widget } from "./widgets.ts";

/** A widget and its size on a board of twelve columns. */
export interface Tile {
  readonly widget: Widget;
  readonly width: number;
  readonly height: number;

  /** Search for the lines behind the numbers; absent: all lines of the shop. */
  readonly logs?: string;
}

/** Tiles that answer one question, under its heading. */
export interface Group {
  readonly title: string;
  readonly rows: Rows;
}

type Rows = readonly (readonly Tile[])[];

/** What every board gets: what is preset in it, and where its links lead. */
export interface Frame {
  readonly preset: { readonly cluster: string; readonly namespace: string };
  readonly links: BoardLinks;
}

/** Addresses that people open from a board. */
interface BoardLinks {
  /** Browser address of the Datadog account, with a slash at the end. */
  readonly app: string;

  /** The shop's own pages. */
  readonly shop: string;

  /** Published runbook; absent when there is none. */
  readonly runbook?: string | undefined;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Placed {
  readonly definition: Widget;
  readonly layout: Place;
}

/** A dashboard as `POST /api/v1/dashboard` takes it. */
export interface Board {
  readonly title: string;
  readonly widgets: readonly Placed[];
  readonly [property: string]: unknown;
}

/** What a board is picked by, and what is on it. */
interface Content {
  readonly title: string;
  readonly description: string;
  readonly introduction: Tile;
  readonly groups: readonly Group[];
}

const columns = 12;

/** Height of a group's heading, in rows. */
const heading = 1;

/** Puts the groups below the introduction, and their rows of tiles below each other. */
export function board({ preset, links }: Frame, content: Content): Board {
  const { title, description, introduction, groups } = content;
  return {
    title,
    description,
    layout_type: "ordered",
    reflow_type: "fixed",
    tags: ["team:sock-shop"],
    template_variables: [
      variable("cluster", "kube_cluster_name", preset.cluster),
      variable("namespace", "kube_namespace", preset.namespace),
    ],
    // Left out, the API adds it, which would read as drift.
    notify_list: [],
    // Left out, the API adds nothing; sent, it is answered as it is: everybody may edit the board.
    restricted_roles: [],
    widgets: stacked([
      placed([[introduction]], links),
      ...groups.map((group) => [groupWidget(group, links)]),
    ]),
  };
}

function variable(name: string, prefix: string, preset: string) {
  return { name, prefix, available_values: [], defaults: [preset] };
}

function groupWidget({ title, rows }: Group, links: BoardLinks): Placed {
  const widgets = placed(rows, links);
  const height = heading + bottomOf(widgets);
  return {
    definition: { type: "group", title, show_title: true, layout_type: "ordered", widgets },
    layout: { x: 0, y: 0, width: columns, height },
  };
}

/** Parts below each other: each part's own places begin at 0. */
function stacked(parts: readonly (readonly Placed[])[]): readonly Placed[] {
  return parts.reduce<readonly Placed[]>((above, part) => {
    const top = bottomOf(above);
    const moved = part.map(({ definition, layout }) => ({
      definition,
      layout: { ...layout, y: layout.y + top },
    }));
    return [...above, ...moved];
  }, []);
}

function bottomOf(widgets: readonly Placed[]): number {
  return Math.max(0, ...widgets.map(({ layout }) => layout.y + layout.height));
}

function placed(rows: Rows, links: BoardLinks): readonly Placed[] {
  let y = 0;
  return rows.flatMap((row) => {
    const top = y;
    let x = 0;
    y += Math.max(...row.map(({ height }) => height));
    return row.map((tile) => {
      const layout = { x, y: top, width: tile.width, height: tile.height };
      x += tile.width;
      if (x > columns) throw new Error(`a row is wider than ${columns} columns`);
      return { definition: linked(tile, links), layout };
    });
  });
}

/** Widgets on which people click a point in time or a number. */
const clickable = ["timeseries", "query_value", "toplist"];

/** Gives a widget a link to the lines of the time that is clicked. */
function linked({ widget, logs = logsHere }: Tile, { app }: BoardLinks): Widget {
  if (!clickable.includes(widget.type)) return widget;
  const link = { label: "Logs of this time", link: logsOfThisTime(app, logs) };
  return { ...widget, custom_links: [link] };
}

/**
 * Variables of a link stand in two braces, a board's own with its `$`; their values come with the
 * key: https://docs.datadoghq.com/dashboards/guide/context-links
 */
function logsOfThisTime(app: string, search: string): string {
  const query = encodeURIComponent(search).replaceAll(/%24(\w+)/g, "{{$$$1}}");
  return `${app}logs?query=${query}&from_ts={{timestamp_start}}&to_ts={{timestamp_end}}&live=false`;
}

/** A tile of a size. */
export function tile(width: number, height: number, widget: Widget, logs?: string): Tile {
  return { widget, width, height, ...(logs !== undefined && { logs }) };
}
