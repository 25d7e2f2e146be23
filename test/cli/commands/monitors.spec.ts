import { expect } from "chai";
import type { FastifyInstance } from "fastify";
import { afterEvaluation } from "../../../sandbox/datadog/evaluation/state/evaluated-state.ts";
import { evaluate } from "../../../sandbox/datadog/evaluation/evaluate.ts";
import { freePort } from "../../../sandbox/host/ports.ts";
import { metricMonitor, standIn } from "../../sandbox/datadog/stand-in.ts";
import { runCli } from "../../support/cli.ts";

const now = Date.parse("2027-01-05T10:00:00.000Z");
const tags = ["managed-by:pulumi", "team:sock-shop"];

describe("lab monitors", () => {
  let app: FastifyInstance | undefined;

  afterEach(() => app?.close());

  /** A stand-in on a port, with monitors whose metric has that value. */
  async function serve(
    ...monitors: [name: string, value: number, tag?: string][]
  ): Promise<string> {
    const on = standIn();
    app = on.app;
    for (const [index, [name, , tag = "severity:1"]] of monitors.entries()) {
      const query = `max(last_5m):max:m${index}{*} by {host} < 1`;
      const options = { new_group_delay: 0, require_full_window: false };
      await on.send(
        "POST /api/v1/monitor",
        metricMonitor({ name, query, options, tags: [...tags, tag], priority: 1 }),
      );
    }
    await on.send("POST /api/v1/monitor", metricMonitor({ name: "of another stack" }));
    const sources = {
      series: (metric: string) => {
        const value = monitors[Number(metric.slice(1))]?.[1] ?? 1;
        return [{ kind: "gauge", tags: ["host:n1"], points: [{ at: now, value }] } as const];
      },
      logs: () => [],
      checks: () => [],
      slo: () => undefined,
    };
    const evaluation = await evaluate(on.state().monitors, sources, {}, now);
    await on.change((state) => afterEvaluation(state, evaluation));
    return app.listen({ host: "127.0.0.1", port: 0 });
  }

  const stack = (url: string) => {
    return { "Pulumi.sandbox.yaml": `config:\n  sock-shop:datadogApiUrl: ${url}/\n` };
  };

  it("lists the stack's monitors, the worst first, with since when, groups and link", async () => {
    const url = await serve(["fine", 1], ["broken", 0]);

    const { code, stdout } = await runCli(["monitors"], { files: stack(url) });

    const lines = stdout.trim().split("\n");
    expect(
      lines.map((line) => line.replace(/monitors\/\d+$/, "monitors/<id>").replace(/ +/g, " ")),
    ).to.deep.equal([
      `Alert 2027-01-05T10:00:00Z P1 broken ${url}/monitors/<id>`,
      " Alert: host:n1",
      `OK 2027-01-05T10:00:00Z P1 fine ${url}/monitors/<id>`,
    ]);
    expect(code).to.equal(1);
  });

  it("ends with 0 when none alerts", async () => {
    const url = await serve(["fine", 1]);

    expect((await runCli(["monitors"], { files: stack(url) })).code).to.equal(0);
  });

  it("ends with 0 if only monitors alert that notify nobody, and with 1 if another does", async () => {
    const nobody = await serve(["shop is used", 0, "notifies:nobody"]);
    const listed = await runCli(["monitors"], { files: stack(nobody) });
    await app?.close();
    const somebody = await serve(["shop is used", 0, "notifies:nobody"], ["broken", 0]);

    expect(listed.stdout).to.match(/^Alert/);
    expect(listed.code).to.equal(0);
    expect((await runCli(["monitors"], { files: stack(somebody) })).code).to.equal(1);
  });

  it("says that none is declared", async () => {
    const { code, stdout } = await runCli(["monitors"], { files: stack(await serve()) });

    expect([code, stdout]).to.deep.equal([
      1,
      "Datadog has no monitor of this stack; run ./lab up\n",
    ]);
  });

  it("says in one line that nothing answers", async () => {
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const { code, stderr } = await runCli(["monitors"], { files: stack(nobody) });

    expect(code).to.equal(1);
    expect(stderr).to.equal(
      `lab: ${nobody} does not answer (ECONNREFUSED); ./lab status shows what runs\n`,
    );
  });

  it("asks an account with the stack's keys, and shows them nowhere", async () => {
    const url = await serve(["fine", 1]);
    const config = {
      "sock-shop:datadogApiUrl": { value: url },
      "sock-shop:datadogApiKey": { value: "the-api-key" },
      "sock-shop:datadogAppKey": { value: "the-app-key" },
    };
    const answer = () => ({ stdout: JSON.stringify(config) });

    const { stdout, stderr, calls } = await runCli(["monitors", "-s", "dev"], { answer });

    expect(calls).to.deep.equal(["pulumi config --stack dev --show-secrets --json"]);
    expect(stdout).to.include("fine");
    expect(stdout + stderr).to.not.match(/the-ap[ip]-key/);
  });

  it("says which key of an account is missing", async () => {
    const answer = () => ({ stdout: '{"sock-shop:datadogApiKey":{"value":"k"}}' });

    const { code, stderr } = await runCli(["monitors", "-s", "dev"], { answer });

    expect(code).to.equal(1);
    expect(stderr).to.equal(
      "lab: Pulumi.dev.yaml holds no sock-shop:datadogAppKey; " +
        "set it with: pulumi config set --secret datadogAppKey --stack dev\n",
    );
  });
});

describe("lab signals test", () => {
  const program = "/opt/node/bin/node simulation/main.ts";

  it("runs the bench with the scenarios that are named", async () => {
    const { calls } = await runCli(["signals", "test", "payment-down", "declines"]);

    expect(calls).to.deep.equal([`${program} payment-down declines`]);
  });

  it("passes on whether mutants are wanted, and the exit code", async () => {
    const answer = () => ({ code: 1 });

    const { calls, code } = await runCli(["signals", "test", "--mutants"], { answer });

    expect([calls, code]).to.deep.equal([[`${program} --mutants`], 1]);
  });
});
