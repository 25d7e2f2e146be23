import { hostileText } from "./hostile-text.ts";

const scope = "{kube_namespace:sock-shop}";

/** A metric query as widgets declare it. */
function metric(name: string, query: string, aggregator?: string) {
  return { name, data_source: "metrics", query, ...(aggregator && { aggregator }) };
}

const layout = { x: 0, y: 0, width: 6, height: 3 };

function widgetsAt(definitions: readonly object[]) {
  return definitions.map((definition, index) => ({
    definition,
    layout: { ...layout, x: (index % 2) * 6, y: Math.floor(index / 2) * 3 },
  }));
}

/** One widget of each type that the page draws. */
export function everyWidget(monitorId: number, sloId: string) {
  const orders = `sum:shop.orders${scope} by {outcome}.as_count()`;
  const number = { response_format: "scalar", formulas: [{ formula: "q1", alias: "orders" }] };
  const stream = (query: object, fields: readonly string[]) => ({
    response_format: "event_list",
    columns: fields.map((field) => ({ field, width: "auto" })),
    query,
  });
  return {
    title: "Every widget",
    description: hostileText.sent,
    layout_type: "ordered",
    template_variables: [
      {
        name: "outcome",
        prefix: "outcome",
        available_values: ["placed", "refused"],
        defaults: ["*"],
      },
    ],
    widgets: widgetsAt([
      { type: "note", content: `**Bold** and ${hostileText.sent}`, background_color: "yellow" },
      {
        type: "timeseries",
        title: "Orders as lines",
        events: [{ q: "marker:incident" }],
        markers: [{ value: "y = 3", display_type: "error dashed" }],
        requests: [
          {
            response_format: "timeseries",
            queries: [metric("q1", "sum:shop.orders{$outcome} by {outcome}.as_count()")],
            formulas: [{ formula: "q1", alias: "orders" }],
            display_type: "line",
          },
        ],
      },
      {
        type: "timeseries",
        title: "Orders as bars",
        requests: [
          {
            response_format: "timeseries",
            queries: [metric("q1", orders)],
            formulas: [{ formula: "q1", alias: "orders" }],
            display_type: "bars",
          },
        ],
      },
      {
        type: "query_value",
        title: "Refused orders",
        precision: 0,
        requests: [
          {
            ...number,
            queries: [metric("q1", "sum:shop.orders{outcome:refused}.as_count()", "sum")],
            conditional_formats: [{ comparator: ">", value: 0, palette: "white_on_red" }],
          },
        ],
      },
      {
        type: "toplist",
        title: "Orders by outcome",
        requests: [{ ...number, queries: [metric("q1", orders, "sum")] }],
      },
      {
        type: "query_table",
        title: "Table of orders",
        requests: [{ ...number, queries: [metric("q1", orders, "sum")] }],
      },
      {
        type: "list_stream",
        title: "Lines",
        requests: [
          stream(
            { data_source: "logs_stream", query_string: "service:sock-shop-orders", indexes: [] },
            ["timestamp", "@order.outcome", "content"],
          ),
        ],
      },
      {
        type: "list_stream",
        title: "What happened",
        requests: [
          stream({ data_source: "event_stream", query_string: "*" }, ["timestamp", "title"]),
        ],
      },
      { type: "manage_status", title: "Monitors", query: "", show_last_triggered: true },
      {
        type: "alert_graph",
        title: "One monitor",
        alert_id: String(monitorId),
        viz_type: "timeseries",
      },
      { type: "slo", title: "Objective", slo_id: sloId, time_windows: ["7d"], view_type: "detail" },
      {
        type: "group",
        title: "A group",
        layout_type: "ordered",
        widgets: widgetsAt([{ type: "note", content: "inside of the group" }]),
      },
    ]),
  };
}

/** Widgets that cannot be drawn, next to one that can. */
export const brokenWidgets = {
  title: "Broken widgets",
  layout_type: "ordered",
  widgets: widgetsAt([
    { type: "hostmap", title: "Unknown type", requests: {} },
    {
      type: "timeseries",
      title: "Broken query",
      requests: [
        {
          response_format: "timeseries",
          queries: [metric("q1", "sum:no closing{")],
          formulas: [{ formula: "q1" }],
        },
      ],
    },
    { type: "note", content: "Still here" },
  ]),
};
