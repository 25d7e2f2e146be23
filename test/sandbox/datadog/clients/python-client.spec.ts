import { expect } from "chai";
import { execFile } from "node:child_process";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { now } from "../query/stored.ts";
import { declaredStandIn } from "./declared.ts";

const run = promisify(execFile);
const script = join(import.meta.dirname, "official_client.py");
const install = "python3 -m pip install datadog-api-client==2.62.0";

/** Whether the python3 on PATH can import it. */
async function has(module: string): Promise<boolean> {
  return run("python3", ["-c", `import ${module}`]).then(
    () => true,
    () => false,
  );
}

describe("the official Python client", () => {
  it("reads metrics, hosts, events, logs, groups and SLOs of the stand-in", async function () {
    this.timeout(60_000);
    if (!(await has("datadog_api_client"))) {
      console.log(`      skipped: python3 has no datadog_api_client; ${install}`);
      return this.skip();
    }
    const { on, values } = await declaredStandIn();
    await on.app.listen({ host: "127.0.0.1", port: 0 });
    try {
      const { port } = on.app.server.address() as AddressInfo;
      const [from, to] = [String(now / 1000 - 600), String(now / 1000)];
      const address = `http://127.0.0.1:${port}`;
      const args = [script, address, from, to, String(values.get("<slo>"))];
      const { stdout } = await run("python3", args);

      expect(JSON.parse(stdout)).to.deep.equal({
        curve: [5, 3],
        scalar: [9],
        active: ["shop.all", "shop.gauge", "shop.good"],
        tags: ["env:sandbox", "host:node-1", "pod:a"],
        hosts: ["node-1"],
        events: ["marker"],
        logs: 1,
        groups: 0,
        sli: 90,
      });
      const unknown = await on.send("GET /sandbox/requests?unknown");
      expect(unknown.body).to.deep.equal({ requests: [] });
    } finally {
      await on.app.close();
    }
  });
});
