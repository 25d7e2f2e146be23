import { expect } from "chai";
import { logMetrics } from "../../../components/logs/log-metrics.ts";
import { parseExpression } from "../../../sandbox/datadog/evaluation/query/read-expression.ts";
import { queriesOf, widgetsOf } from "../../support/dashboards/board-widgets.ts";
import { boards } from "../../support/dashboards/boards.ts";

/**
 * Metrics of the Agent, as Datadog lists them: the kube-state check
 * (https://docs.datadoghq.com/integrations/kubernetes_state_core/#metrics), the kubelet check
 * (https://docs.datadoghq.com/integrations/kubernetes/#metrics), and what the openmetrics check makes
 * of a histogram without buckets.
 */
const ofTheAgent = [
  "kubernetes.containers.last_state.terminated",
  "kubernetes_state.container.restarts",
  "kubernetes_state.container.status_report.count.waiting",
  "kubernetes_state.deployment.replicas_available",
  "kubernetes_state.deployment.replicas_desired",
  "kubernetes_state.endpoint.address_available",
  "kubernetes_state.pod.status_phase",
  "sockshop.java.request.duration.count",
  "sockshop.java.request.duration.sum",
];

interface Formula {
  readonly formula: string;
  readonly alias: string;
  readonly number_format?: object;
}

interface Request {
  readonly formulas?: readonly Formula[];
  readonly queries?: readonly { readonly name: string }[];
  readonly columns?: readonly { readonly field: string }[];
}

const requestsOf = (widget: object) => (widget as { requests?: readonly Request[] }).requests ?? [];

for (const [name, board] of Object.entries(boards)) {
  const asked = queriesOf(board);
  const widgets = widgetsOf(board).filter(({ type }) => type !== "group");

  describe(`each widget of the ${name} board`, () => {
    it("asks, shows a text, or shows one thing by its id", () => {
      const asking = new Set(asked.map(({ widget }) => widget));
      const others = widgets.filter(({ title }) => !asking.has(String(title)));

      expect(asking.size).to.be.greaterThan(8);
      const known = ["note", "alert_graph", "slo"];
      expect(others.filter(({ type }) => !known.includes(type))).to.deep.equal([]);
    });

    it("filters by each of the board's variables, once in each query", () => {
      const variables = board["template_variables"] as readonly { readonly name: string }[];

      expect(variables.map((it) => it.name)).to.deep.equal(["cluster", "namespace"]);
      for (const { widget, query } of asked) {
        for (const { name: variable } of variables) {
          expect(query.split(`$${variable}`), `${widget}: ${query}`).to.have.length(2);
        }
      }
    });

    it("names no place of its own: the stack's is preset in the variables", () => {
      expect(board["template_variables"]).to.deep.equal([
        {
          name: "cluster",
          prefix: "kube_cluster_name",
          available_values: [],
          defaults: ["kind-1"],
        },
        { name: "namespace", prefix: "kube_namespace", available_values: [], defaults: ["socks"] },
      ]);
      const places = asked.filter(({ query }) => /kind-1|\bsocks\b|kube_namespace:/.test(query));
      expect(places).to.deep.equal([]);
    });

    it("asks for metrics that the Agent sends or the log metrics count", () => {
      const counted = logMetrics({ clusterName: "c", namespace: "n" }).map((it) => it.name);
      const metrics = asked.flatMap(({ query }) =>
        [...query.matchAll(/\b(?:sum|avg|max|min|p95):([\w.]+)\{/g)].map(([, metric]) => metric),
      );

      expect(metrics.length).to.be.greaterThan(5);
      expect(metrics.filter((it) => ![...counted, ...ofTheAgent].includes(it ?? ""))).to.deep.equal(
        [],
      );
    });

    it("asks for tags by which the log metrics are grouped", () => {
      const metrics = new Map(
        logMetrics({ clusterName: "c", namespace: "n" }).map((it) => [it.name, it.groups]),
      );
      const strange = asked.flatMap(({ query }) =>
        [...query.matchAll(/:(sockshop[\w.]+)\{([^}]*)\}(?: by \{(\w+)\})?/g)].flatMap(
          ([, metric = "", filter = "", group]) => {
            const groups = metrics.get(metric);
            const keys = [...filter.matchAll(/(?:^|,)!?(\w+):/g)].map(([, key]) => key ?? "");
            return [...keys, ...(group === undefined ? [] : [group])]
              .filter((key) => groups !== undefined && !Object.hasOwn(groups, key))
              .map((key) => `${metric} ${key}`);
          },
        ),
      );

      expect(strange).to.deep.equal([]);
    });

    it("says what its numbers are", () => {
      const bare = widgets.flatMap((widget) =>
        requestsOf(widget)
          .flatMap(({ formulas = [] }) => formulas)
          .filter((it) => it.number_format === undefined)
          .map(() => widget["title"]),
      );

      expect(bare).to.deep.equal([]);
    });

    it("calculates with the queries that it has", () => {
      for (const widget of widgets) {
        for (const { formulas = [], queries = [] } of requestsOf(widget)) {
          const names = formulas
            .flatMap(({ formula }) => formula.match(/\b[a-z]\w*\b(?!\()/g) ?? [])
            .filter((it) => !["sum", "avg"].includes(it) || queries.some((q) => q.name === it));
          expect(new Set(names), String(widget["title"])).to.deep.equal(
            new Set(queries.map((query) => query.name)),
          );
        }
      }
    });

    it("leads from a number to the log lines of its time", () => {
      const clickable = widgets.filter(({ type }) =>
        ["timeseries", "query_value", "toplist"].includes(type),
      );

      expect(clickable.length).to.be.greaterThan(5);
      for (const { title, custom_links: links } of clickable) {
        const [link, ...more] = links as readonly { label: string; link: string }[];
        expect(more, String(title)).to.deep.equal([]);
        expect(link?.label).to.equal("Logs of this time");
        expect(link?.link).to.match(
          /^https:\/\/us5\.datadoghq\.com\/logs\?query=\{\{\$cluster\}\}%20\{\{\$namespace\}\}[\w%.()*-]*&from_ts=\{\{timestamp_start\}\}&to_ts=\{\{timestamp_end\}\}&live=false$/,
        );
      }
    });

    it("shows the status of each log line first", () => {
      const lists = widgets.filter((widget) =>
        JSON.stringify(widget).includes('"data_source":"logs_stream"'),
      );

      expect(lists).to.have.length(name === "timeline" ? 2 : 3);
      for (const list of lists) {
        const fields = requestsOf(list).flatMap(({ columns = [] }) =>
          columns.map((it) => it.field),
        );
        expect(fields.slice(0, 2)).to.deep.equal(["status_line", "timestamp"]);
        expect(fields.at(-1)).to.equal("content");
      }
    });

    it("asks for metrics in a syntax that the stand-in reads", () => {
      const metrics = asked.filter(({ query }) =>
        /^(?:default_zero\()?(?:sum|avg|max|p95):/.test(query),
      );

      for (const { query } of metrics) {
        const chosen = query
          .replace("$cluster", "kube_cluster_name:kind-1")
          .replace("$namespace", "kube_namespace:socks");
        expect(parseExpression(chosen), query).to.be.an("object");
      }
      for (const { formulas = [], queries = [] } of widgets.flatMap(requestsOf)) {
        const known = queries.map(({ name: it }) => [it, { kind: "number", value: 1 }] as const);
        for (const { formula } of formulas) {
          expect(parseExpression(formula, Object.fromEntries(known)), formula).to.be.an("object");
        }
      }
    });
  });
}

describe("the burn rates of the timeline", () => {
  it("are the failing share over both windows of the alert, by the budget", () => {
    const graphs = widgetsOf(boards.timeline).filter(({ title }) =>
      String(title).startsWith("Burn rate"),
    );

    const shown = graphs.map((widget) => [
      widget["title"],
      ...requestsOf(widget).flatMap(({ formulas = [] }) => formulas.map((it) => it.formula)),
      (widget["markers"] as readonly { readonly value: string }[])[0]?.value,
    ]);
    expect(shown).to.deep.equal([
      [
        "Burn rate of orders: 1h and 5m",
        "moving_rollup(failed, 3600, 'sum') / (moving_rollup(failed, 3600, 'sum') + " +
          "moving_rollup(placed, 3600, 'sum')) / 0.01",
        "moving_rollup(failed, 300, 'sum') / (moving_rollup(failed, 300, 'sum') + " +
          "moving_rollup(placed, 300, 'sum')) / 0.01",
        "y = 16.8",
      ],
      [
        "Burn rate of orders: 6h and 30m",
        "moving_rollup(failed, 21600, 'sum') / (moving_rollup(failed, 21600, 'sum') + " +
          "moving_rollup(placed, 21600, 'sum')) / 0.01",
        "moving_rollup(failed, 1800, 'sum') / (moving_rollup(failed, 1800, 'sum') + " +
          "moving_rollup(placed, 1800, 'sum')) / 0.01",
        "y = 5.6",
      ],
      [
        "Burn rate of payment: 1h and 5m",
        "(1 - moving_rollup(clamp_max(available, 1), 3600, 'avg')) / 0.005",
        "(1 - moving_rollup(clamp_max(available, 1), 300, 'avg')) / 0.005",
        "y = 16.8",
      ],
    ]);
  });
});
