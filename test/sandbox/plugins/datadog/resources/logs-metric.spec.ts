// The bodies are those that the official plugin 5.8.0 sent for the same inputs.
import { expect } from "chai";
import { created } from "../../../../../simulation/declared/sent-requests.ts";
import { updated } from "../sent-requests.ts";

const METRIC = "datadog:index/logsMetric:LogsMetric";

describe("datadog:LogsMetric", () => {
  const inputs = {
    name: "sockshop.gokit.duration",
    compute: { aggregationType: "distribution", path: "@duration", includePercentiles: true },
    filter: { query: "@method:*" },
    groupBies: [{ path: "@method", tagName: "method" }],
  };
  const attributes = {
    compute: { aggregation_type: "distribution", include_percentiles: true, path: "@duration" },
    filter: { query: "@method:*" },
    group_by: [{ path: "@method", tag_name: "method" }],
  };

  it("is created under its own name", async () => {
    const requests = await created(METRIC, inputs, { data: { id: inputs.name } });

    const data = { id: inputs.name, type: "logs_metrics", attributes };
    expect(requests).to.deep.equal([
      { method: "POST", path: "/api/v2/logs/config/metrics", body: { data } },
    ]);
  });

  it("is updated without what cannot change, nor percentiles for a count", async () => {
    const count = { ...inputs, compute: { aggregationType: "count" } };

    const requests = await updated(METRIC, count, inputs.name, { data: { id: inputs.name } });

    const data = { type: "logs_metrics", attributes: { ...attributes, compute: {} } };
    const path = "/api/v2/logs/config/metrics/sockshop.gokit.duration";
    expect(requests).to.deep.equal([{ method: "PATCH", path, body: { data } }]);
  });
});
