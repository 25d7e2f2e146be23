import { expect } from "chai";
import { runCli } from "../../support/cli.ts";

const withPorts = (datadog: number) => ({
  "Pulumi.sandbox.yaml":
    "config:\n" +
    `  sock-shop:datadogApiUrl: http://127.0.0.1:${datadog}/\n` +
    "  sock-shop:frontEndUrl: http://localhost:3000\n",
});

describe("the sandbox's parts", () => {
  for (const port of [3000, 3002, 3003]) {
    it(`are not started when Datadog's port ${port} is one of the shop's`, async () => {
      const run = await runCli(["up"], { files: withPorts(port) });

      expect(run).to.deep.include({ code: 1, stdout: "", calls: [] });
      expect(run.stderr).to.equal(
        "lab: Pulumi.sandbox.yaml: sock-shop:frontEndUrl: expected ports other than that of " +
          `datadogApiUrl, got 3000, 3002, 3003, of which Datadog's stand-in has ${port}; ` +
          "set it with: pulumi config set frontEndUrl http://localhost:<port>\n",
      );
    });
  }

  it("are started when Datadog's port is between the shop's", async () => {
    const run = await runCli(["up"], { files: withPorts(3001) });

    expect(run.calls).to.include("[start datadog 3001]");
  });
});
