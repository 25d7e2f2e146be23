// The bodies are those that the official plugin 5.8.0 sent for the same inputs.
import { expect } from "chai";
import type { JsonMap } from "../../../../../sandbox/plugins/datadog/api/json.ts";
import { created } from "../../../../../simulation/declared/sent-requests.ts";
import { updated, validated } from "../sent-requests.ts";

const SLO = "datadog:index/serviceLevelObjective:ServiceLevelObjective";

describe("datadog:ServiceLevelObjective", () => {
  const query = { numerator: "sum:a{*}.as_count()", denominator: "sum:b{*}.as_count()" };
  const metric = {
    name: "orders",
    type: "metric",
    query,
    thresholds: [{ timeframe: "7d", target: 99, warning: 99.5 }],
    timeframe: "7d",
    targetThreshold: 99,
  };
  const body = {
    name: "orders",
    query,
    target_threshold: 99,
    thresholds: [{ target: 99, timeframe: "7d", warning: 99.5 }],
    timeframe: "7d",
    type: "metric",
  };

  it("on a metric sends its query", async () => {
    expect(await created(SLO, metric, { data: [{ id: "s" }] })).to.deep.equal([
      { method: "POST", path: "/api/v1/slo", body },
    ]);
  });

  it("is updated with its id in the body", async () => {
    expect(await updated(SLO, metric, "s", { data: [{ id: "s" }] })).to.deep.equal([
      { method: "PUT", path: "/api/v1/slo/s", body: { ...body, id: "s" } },
    ]);
  });

  it("on formulas wraps each of them in an object", async () => {
    const count = {
      goodEventsFormula: "q1",
      totalEventsFormula: "q1 + q2",
      queries: [{ metricQuery: { name: "q1", query: "sum:a{*}" } }],
    };
    const inputs = { ...metric, query: undefined, sliSpecification: { count } };

    const [request] = await created(SLO, inputs, { data: [{ id: "s" }] });

    expect((request?.body as JsonMap)["sli_specification"]).to.deep.equal({
      count: {
        good_events_formula: { formula: "q1" },
        total_events_formula: { formula: "q1 + q2" },
        queries: [{ data_source: "metrics", name: "q1", query: "sum:a{*}" }],
      },
    });
  });

  const monitors = {
    name: "up",
    type: "monitor",
    thresholds: [{ timeframe: "30d", target: 99.5 }],
  };

  it("on monitors sends their numbers, and looks for them first", async () => {
    const inputs = { ...monitors, monitorIds: [1002] };

    expect(await validated(SLO, inputs)).to.deep.equal([
      { method: "GET", path: "/api/v1/monitor/1002" },
    ]);
    const [request] = await created(SLO, inputs, { data: [{ id: "s" }] });
    expect((request?.body as JsonMap)["monitor_ids"]).to.deep.equal([1002]);
  });

  it("refuses an objective about nothing", async () => {
    const onNothing = await created(SLO, monitors).catch((thrown: unknown) => thrown);
    const noQuery = await created(SLO, { ...metric, query: undefined }).catch(
      (thrown: unknown) => thrown,
    );

    expect(String(onNothing)).to.equal(
      "PluginError: monitorIds is required for an SLO of type monitor",
    );
    expect(String(noQuery)).to.equal(
      "PluginError: query or sliSpecification is required for an SLO of type metric",
    );
  });
});
