// The bodies are those that the official plugin 5.8.0 sent for the same inputs.
import { expect } from "chai";
import { resourceType } from "../../../../../sandbox/plugins/datadog/resource-types.ts";
import { recordingApi } from "../../../../../simulation/declared/recording-api.ts";
import { checked, created } from "../../../../../simulation/declared/sent-requests.ts";
import { updated, validated } from "../sent-requests.ts";

const MONITOR = "datadog:index/monitor:Monitor";

const composite = { name: "root cause", type: "composite", message: "x", query: "1009 && 1011" };
const compositeBody = {
  draft_status: "published",
  message: "x",
  name: "root cause",
  options: {
    include_tags: true,
    new_host_delay: 300,
    notify_no_data: false,
    require_full_window: true,
    thresholds: {},
  },
  priority: null,
  query: "1009 && 1011",
  restricted_roles: null,
  tags: [],
  type: "composite",
};

describe("datadog:Monitor", () => {
  it("is kept in state with the empty values that the official plugin keeps", async () => {
    const { api } = recordingApi({ id: 1, options: { thresholds: { critical: 2.5, warning: 0 } } });

    const live = await resourceType(MONITOR).read(api, "1");

    expect(live?.outputs["restrictedRoles"]).to.deep.equal([]);
    expect(live?.outputs["monitorThresholds"]).to.deep.equal({
      ok: "",
      warning: "0",
      critical: "2.5",
      unknown: "",
      warningRecovery: "",
      criticalRecovery: "",
    });
  });

  it("is created without the default time frame, which says nothing then", async () => {
    const requests = await created(MONITOR, composite, { id: 1013 });

    expect(requests).to.deep.equal([
      { method: "POST", path: "/api/v1/monitor", body: compositeBody },
    ]);
  });

  it("is validated with the default time frame", async () => {
    const options = { ...compositeBody.options, no_data_timeframe: 10 };

    const body = { ...compositeBody, options };
    expect(await validated(MONITOR, composite)).to.deep.equal([
      { method: "POST", path: "/api/v1/monitor/validate", body },
    ]);
    expect(await validated(MONITOR, composite, "1013")).to.deep.equal([
      { method: "POST", path: "/api/v1/monitor/1013/validate", body },
    ]);
  });

  it("is not validated when the program says so", async () => {
    expect(await validated(MONITOR, { ...composite, validate: false })).to.deep.equal([]);
  });

  it("sends thresholds as numbers, zero included, and no time frame beside onMissingData", async () => {
    const inputs = {
      name: "payment failed",
      type: "log alert",
      message: "x",
      query: 'logs("a").index("*").rollup("count").last("15m") > 0',
      priority: "2",
      tags: ["team:sock-shop", "incident:payment-failure"],
      monitorThresholds: { critical: "2.5", warning: "0" },
      onMissingData: "default",
      enableLogsSample: true,
      requireFullWindow: false,
      renotifyInterval: 30,
      renotifyStatuses: ["alert"],
      assets: [{ category: "runbook", name: "INC-3", url: "https://example.invalid/r" }],
    };

    const [request] = await created(MONITOR, inputs, { id: 1 });

    expect(request?.body).to.deep.equal({
      assets: [{ category: "runbook", name: "INC-3", url: "https://example.invalid/r" }],
      draft_status: "published",
      message: "x",
      name: "payment failed",
      options: {
        enable_logs_sample: true,
        include_tags: true,
        new_host_delay: 300,
        notify_no_data: false,
        on_missing_data: "default",
        renotify_interval: 30,
        renotify_statuses: ["alert"],
        require_full_window: false,
        thresholds: { critical: 2.5, warning: 0 },
      },
      priority: 2,
      query: inputs.query,
      restricted_roles: null,
      tags: ["incident:payment-failure", "team:sock-shop"],
      type: "log alert",
    });
  });

  it("is updated under its number", async () => {
    const requests = await updated(MONITOR, composite, "1013", { id: 1013 });

    expect(requests).to.deep.equal([
      { method: "PUT", path: "/api/v1/monitor/1013", body: { ...compositeBody, id: 1013 } },
    ]);
  });

  it("is deleted by force only when the program says so", async () => {
    const { api, requests } = recordingApi();
    const { remove } = resourceType(MONITOR);

    await remove(api, "7", checked(MONITOR, composite));
    await remove(api, "7", checked(MONITOR, { ...composite, forceDelete: true }));

    expect(requests).to.deep.equal([
      { method: "DELETE", path: "/api/v1/monitor/7" },
      { method: "DELETE", path: "/api/v1/monitor/7?force=true" },
    ]);
  });
});
