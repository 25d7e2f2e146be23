import { expect } from "chai";
import { execFile } from "node:child_process";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { declaredStandIn } from "./declared.ts";

const run = promisify(execFile);
const script = join(import.meta.dirname, "holmes_toolsets.py");
const install = "python3 -m pip install holmesgpt==0.45.0";

describe("the Datadog toolsets of HolmesGPT", () => {
  it("are ready, and each tool has an answer", async function () {
    this.timeout(120_000);
    const probe = "import importlib.util as u, sys; sys.exit(u.find_spec('holmes') is None)";
    const isThere = await run("python3", ["-c", probe]).then(
      () => true,
      () => false,
    );
    if (!isThere) {
      console.log(`      skipped: python3 has no holmes; ${install}`);
      return this.skip();
    }
    const { on } = await declaredStandIn();
    const now = Date.now();
    on.setNow(new Date(now).toISOString());
    const point = { metric: "shop.live", at: now - 30_000, tags: ["pod:a"], value: 7 };
    on.service.telemetry.metrics.add([{ ...point, kind: "gauge" }]);
    await on.app.listen({ host: "127.0.0.1", port: 0 });
    try {
      const { port } = on.app.server.address() as AddressInfo;
      const env = { ...process.env, LITELLM_LOCAL_MODEL_COST_MAP: "True" };
      const { stdout } = await run("python3", [script, `http://127.0.0.1:${port}`], { env });

      expect(JSON.parse(stdout.trim().split("\n").at(-1) ?? "")).to.deep.equal({
        "datadog/metrics": "ready",
        "datadog/logs": "ready",
        "datadog/general": "ready",
        list_active_datadog_metrics: "success",
        query_datadog_metrics: "success",
        get_datadog_metric_metadata: "success",
        list_datadog_metric_tags: "success",
        fetch_datadog_logs: "success",
        datadog_api_get: "success",
      });
      const unknown = await on.send("GET /sandbox/requests?unknown");
      expect(unknown.body).to.deep.equal({ requests: [] });
    } finally {
      await on.app.close();
    }
  });
});
