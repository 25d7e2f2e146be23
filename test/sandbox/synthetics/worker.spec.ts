import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { readConfig, startWorker } from "../../../sandbox/synthetics/worker.ts";
import type { SendStep } from "../../../sandbox/synthetics/run-steps.ts";
import { type StandIn, standIn } from "../datadog/stand-in.ts";

const step = {
  name: "one",
  subtype: "http",
  request: { method: "GET", url: "http://front-end/", timeout: 1 },
  assertions: [{ type: "statusCode", operator: "is", target: 200 }],
};

describe("the stand-in of the synthetics worker", () => {
  let datadog: StandIn;

  beforeEach(async () => {
    datadog = standIn();
    await datadog.app.listen({ host: "127.0.0.1", port: 0 });
  });

  afterEach(() => datadog.app.close());

  async function declare(subtype = "http") {
    const { port } = datadog.app.server.address() as AddressInfo;
    const place = { name: "p", description: "", tags: [] };
    const headers = { host: `127.0.0.1:${port}` };
    const { body } = await datadog.send(
      "POST /api/v1/synthetics/private-locations",
      place,
      headers,
    );
    const { config } = body as { config: { id: string } };
    await datadog.send("POST /api/v1/synthetics/tests/api", {
      type: "api",
      subtype: "multi",
      name: "order",
      message: "",
      status: "live",
      locations: [config.id],
      tags: [],
      config: { steps: [{ ...step, subtype }] },
      options: { tick_every: 60, retry: { count: 1, interval: 1 } },
    });
    return readConfig(JSON.stringify(config));
  }

  async function firstLine(send: SendStep, subtype?: string) {
    const config = await declare(subtype);
    let stop = (): Promise<void> => Promise.resolve();
    const line = await new Promise<string>((resolve) => {
      ({ stop } = startWorker({ config, send, print: resolve }));
    });
    await stop();
    return line;
  }

  it("runs the tests of its location and sends their results", async () => {
    const answer = { status: 200, body: "", headers: new Headers() };

    expect(await firstLine(() => Promise.resolve(answer))).to.equal("order: passed");
    const [result] = datadog.state().synthetics.results;
    expect(result).to.deep.include({ passed: true });
  });

  it("tries a failed run once more, as the test says", async () => {
    const statuses = [500, 500, 200];
    const send: SendStep = () =>
      Promise.resolve({ status: statuses.shift() ?? 0, body: "", headers: new Headers() });

    expect(await firstLine(send)).to.equal('order: step "one": status 500 instead of 200');
    expect(statuses).to.deep.equal([200]);
    expect(datadog.state().synthetics.results[0]).to.deep.include({
      passed: false,
      failure: 'step "one": status 500 instead of 200',
    });
  });

  it("runs nothing of a test that it does not know in full, and sends no result", async () => {
    const send: SendStep = () => Promise.reject(new Error("it must not be asked"));

    expect(await firstLine(send, "tcp")).to.equal('order is not run: step "one" is of subtype tcp');
    expect(datadog.state().synthetics.results).to.deep.equal([]);
  });
});

describe("the configuration of the worker's stand-in", () => {
  const wrong: readonly (readonly [name: string, text: string])[] = [
    ["no JSON", "{hunter2"],
    ["a list", "[]"],
    ["no location", '{"sandboxApi":"http://127.0.0.1:2026/"}'],
    ["a real account", '{"id":"pl:x","site":"datadoghq.com","secretAccessKey":"hunter2"}'],
    ["another host", '{"id":"pl:x","sandboxApi":"http://example.com:80/"}'],
  ];
  for (const [name, text] of wrong) {
    it(`is refused in one line without its values: ${name}`, () => {
      expect(() => readConfig(text)).to.throw(/^(?!.*hunter2)[^\n]+$/);
    });
  }
});
