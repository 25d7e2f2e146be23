import { expect } from "chai";
import { problemsOf } from "../support/problems.ts";
import { resource } from "../support/policies/rule-case.ts";

function board(...widgets: readonly object[]): string[] {
  const dashboard = JSON.stringify({
    title: "orders",
    widgets: widgets.map((definition) => ({ definition })),
  });
  return problemsOf("dashboard-scope", [
    resource("datadog:index/dashboardJson:DashboardJson", "board", { dashboard }),
  ]);
}

/** A graph of one request. */
function graph(request: object): object {
  return { type: "timeseries", title: "orders", requests: [request] };
}

const unlimited = (query: string) => `board: query ${query} has no filter on env or namespace.`;

describe("the queries of a dashboard", () => {
  for (const query of [
    "sum:orders{env:demo}.as_count()",
    "sum:orders{service:orders,$env}",
    "sum:orders{env:$env.value}",
    "sum:orders{env IN (demo, test)} by {host}",
    "100 * sum:a{env:demo} / (sum:a{env:demo} + sum:b{$namespace} by {host})",
    "sum:orders{env:demo} by{host}",
  ]) {
    it(`may be ${query}`, () => {
      expect(board(graph({ q: query }))).to.deep.equal([]);
    });
  }

  for (const query of [
    "sum:orders{*}",
    "sum:orders{!env:demo}",
    "sum:orders{env:*}",
    "sum:orders{myenv:demo}",
    "sum:orders{$environment}",
    "sum:orders{env:demo OR service:orders}",
    "sum:a{env:demo} / sum:b{*}",
    "sum:orders{*} by {env:demo}",
  ]) {
    it(`may not be ${query}`, () => {
      expect(board(graph({ q: query }))).to.deep.equal([unlimited(query)]);
    });
  }

  it("are limited where widgets list logs, events and monitors", () => {
    const stream = (query: object) => ({ type: "list_stream", title: "t", requests: [{ query }] });
    const lists = (search: string) => [
      stream({ data_source: "logs_stream", query_string: search }),
      { type: "log_stream", title: "t", query: search },
      { type: "event_timeline", title: "t", query: search },
      { type: "event_stream", title: "t", query: search },
      { type: "manage_status", title: "t", query: search },
    ];

    expect(board(...lists("tags:env:demo status:error"))).to.deep.equal([]);
    expect(board(...lists("tag:(incident:a) tag:$cluster"))).to.deep.equal([]);
    expect(board(...lists("status:error"))).to.deep.equal(Array(5).fill(unlimited("status:error")));
  });

  it("ask for everything where nothing is said", () => {
    const logs = {
      data_source: "logs",
      name: "a",
      indexes: ["*"],
      compute: { aggregation: "count" },
    };
    const search = { query: "env:demo" };

    expect(board(graph({ queries: [{ ...logs, search }] }))).to.deep.equal([]);
    expect(
      board(
        graph({ queries: [logs] }),
        graph({ queries: [{ ...logs, search: { query: "" } }] }),
        graph({ log_query: { index: "*", multi_compute: [{ aggregation: "count" }] } }),
        { type: "list_stream", title: "t", requests: [{ query: { data_source: "logs_stream" } }] },
        { type: "log_stream", title: "t" },
      ),
    ).to.deep.equal(Array(5).fill(unlimited("for everything")));
  });

  it("are found in groups and in split graphs, and not in notes or monitors by id", () => {
    const wide = graph({ q: "sum:orders{*}" });

    expect(
      board(
        { type: "group", title: "g", widgets: [{ definition: wide }] },
        { type: "split_group", title: "s", source_widget_definition: wide },
        { type: "note", content: "query: *" },
        { type: "alert_graph", title: "m", alert_id: "1" },
        { type: "slo", title: "o", slo_id: "1" },
      ),
    ).to.deep.equal(Array(2).fill(unlimited("sum:orders{*}")));
  });
});

describe("the filter of a pipeline", () => {
  const pipeline = (...queries: readonly string[]) =>
    problemsOf("pipeline-filter", [
      resource("datadog:index/logsCustomPipeline:LogsCustomPipeline", "p", {
        name: "shop",
        filters: queries.map((query) => ({ query })),
      }),
    ]);

  it("names what the pipeline is for", () => {
    expect(pipeline("kube_namespace:sock-shop")).to.deep.equal([]);
    expect(pipeline("service:(orders OR carts) -status:debug")).to.deep.equal([]);
  });

  for (const query of ["service:*", "-service:orders", "service:orders OR *", ""]) {
    it(`is not "${query}"`, () => {
      expect(pipeline(query)).to.deep.equal(["p: pipeline shop takes all logs."]);
    });
  }

  it("is the first one, whatever stands behind it", () => {
    expect(pipeline("*", "service:orders")).to.deep.equal(["p: pipeline shop takes all logs."]);
    expect(pipeline()).to.deep.equal(["p: pipeline shop takes all logs."]);
  });
});
