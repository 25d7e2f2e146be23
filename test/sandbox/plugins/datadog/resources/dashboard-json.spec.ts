// The bodies are those that the official plugin 5.8.0 sent for the same inputs.
import { expect } from "chai";
import { resourceType } from "../../../../../sandbox/plugins/datadog/resource-types.ts";
import { recordingApi } from "../../../../../simulation/declared/recording-api.ts";
import { created } from "../../../../../simulation/declared/sent-requests.ts";

const DASHBOARD = "datadog:index/dashboardJson:DashboardJson";

describe("datadog:DashboardJson", () => {
  const body = { title: "t", layout_type: "ordered", widgets: [] };
  const document = { ...body, is_read_only: false };

  it("is read after it was created, until the API has it", async () => {
    const requests = await created(DASHBOARD, { dashboard: JSON.stringify(document) }, { id: "d" });

    expect(requests).to.deep.equal([
      { method: "POST", path: "/api/v1/dashboard", body },
      { method: "GET", path: "/api/v1/dashboard/d" },
    ]);
  });

  it("is kept in state as Go writes JSON, which escapes what HTML takes for markup", async () => {
    const { api } = recordingApi({ id: "d", title: "<b> & \u2028" });

    const live = await resourceType(DASHBOARD).read(api, "d");

    expect(live?.outputs["dashboard"]).to.equal(
      String.raw`{"title":"\u003cb\u003e \u0026 \u2028"}`,
    );
  });

  it("keeps what the API adds by itself out of state", async () => {
    const widget = { id: 1, definition: { type: "note", content: "x" } };
    const group = { id: 2, definition: { type: "group", widgets: [{ ...widget, id: 3 }] } };
    const { api } = recordingApi({
      id: "d",
      url: "/dashboard/d/t",
      author_name: null,
      created_at: "now",
      title: "t",
      widgets: [widget, group],
    });

    const live = await resourceType(DASHBOARD).read(api, "d");

    expect(live).to.deep.equal({
      id: "d",
      outputs: {
        dashboard:
          '{"title":"t","widgets":[{"definition":{"content":"x","type":"note"}},' +
          '{"definition":{"type":"group","widgets":[{"definition":{"content":"x","type":"note"}}]}}]}',
        url: "/dashboard/d/t",
      },
    });
  });
});
