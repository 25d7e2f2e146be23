import { expect } from "chai";
import { logsDocument } from "../../../cli/json/schemas/datadog.ts";
import { runCli } from "../../support/cli.ts";
import { standIn } from "../../sandbox/datadog/stand-in.ts";

describe("lab logs", () => {
  const dev = {
    "Pulumi.dev.yaml":
      "config:\n  sock-shop:kubeContext: kind\n  sock-shop:datadogSite: us5.datadoghq.com\n",
  };

  /** A stand-in that listens, and a stack that means it. */
  async function withLogs(
    logs: object[],
  ): Promise<{ files: Record<string, string>; end: () => Promise<void> }> {
    const on = standIn();
    on.setNow(new Date().toISOString());
    await on.send("POST /api/v2/logs", logs);
    await on.service.ingestion.idle();
    const url = await on.app.listen({ host: "127.0.0.1", port: 0 });
    const files = { "Pulumi.sandbox.yaml": `config:\n  sock-shop:datadogApiUrl: ${url}/\n` };
    return { files, end: () => on.app.close() };
  }

  it("shows what the query finds, the oldest first, a line each", async () => {
    const timestamp = Date.now() - 2000;
    const { files, end } = await withLogs([
      {
        message: "Payment failed for order 1\n\tat a.B",
        service: "orders",
        status: "error",
        timestamp,
      },
      { message: "Payment failed for order 2", service: "orders", timestamp: timestamp + 1000 },
      { message: "other", service: "orders" },
    ]);

    const run = await runCli(["logs", 'service:orders "Payment failed"'], { files });
    await end();

    expect(run.stdout.replaceAll(/\S+Z/g, "<TIME>")).to.equal(
      "<TIME>  error  orders  Payment failed for order 1 (+1 lines)\n" +
        "<TIME>  info   orders  Payment failed for order 2\n",
    );
    expect([run.code, run.stderr]).to.deep.equal([0, "2 logs since now-15m\n"]);
  }).timeout(20_000);

  it("gives JSON with tags and attributes, and nothing else", async () => {
    const { files, end } = await withLogs([{ message: "m", ddtags: "a:b", order: { id: "1" } }]);

    const run = await runCli(["logs", "@order.id:1", "--json", "--from", "1h"], { files });
    await end();

    const { logs, ...document } = logsDocument.parse(JSON.parse(run.stdout));
    const query = { query: "@order.id:1", from: "1h", limit: 100, complete: true };
    expect(document).to.deep.equal({ schemaVersion: 1, ok: true, stack: "sandbox", ...query });
    expect(logs).to.have.length(1);
    expect(logs[0]).to.deep.include({
      message: "m",
      tags: ["a:b"],
      attributes: { order: { id: "1" } },
    });
    expect(run.stderr).to.equal("");
  }).timeout(20_000);

  it("says what of a query is not understood", async () => {
    const { files, end } = await withLogs([]);

    const run = await runCli(["logs", "service:("], { files });
    await end();

    expect(run.code).to.equal(1);
    expect(run.stderr).to.match(
      /answers the search of logs with 400: the search "service:\(" is not understood: it ends where a term should/,
    );
  }).timeout(20_000);

  it("refuses a wrong time and a wrong limit", async () => {
    const time = await runCli(["logs", "a", "--from", "yesterday"], {});
    const limit = await runCli(["logs", "a", "--limit", "1001"], {});

    expect([time.code, limit.code]).to.deep.equal([2, 2]);
    expect(time.stderr).to.include('needs a time such as 15m, 2h or 1d, got "yesterday"');
    expect(limit.stderr).to.include('needs a whole number from 1 to 1000, got "1001"');
  });

  it("names the key that the stack of an account lacks", async () => {
    const run = await runCli(["logs", "a", "--stack", "dev"], {
      files: dev,
      answer: () => ({ stdout: "{}" }),
    });

    expect(run.code).to.equal(1);
    expect(run.stderr).to.include("datadogApiKey");
  });
});
