/**
 * The fault proxy by the real Envoy, in front of a small HTTP server.
 *
 * Proves that Envoy takes the configuration of every state and image set, and that it really delays
 * or answers with an error, for the share that is asked for, and lets everything else through. Does
 * not prove anything about the container image, nor that a Service leads to the proxy.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { planFor, type IncidentSettings } from "../../components/incident/plan.ts";
import { proxyConfigArgs } from "../../components/incident/fault-proxy/manifests.ts";
import { startEnvoy, type Hit, type RunningEnvoy } from "../support/sandbox/envoy-process.ts";
import { pythonTool } from "../support/sandbox/python-tools.ts";
import { imageSetNames, shopWorkloads } from "../support/kubernetes/workloads.ts";

const path = "/paymentAuth";
const body = '{"card":{"longNum":"4111111111111111"},"amount":18.99}';
const states = ["payment-slow", "payment-errors", "shipping-slow"] as const;

/** Settings with a fault of its own for each share. */
function settings(incident: IncidentSettings["incident"], percentage: number): IncidentSettings {
  return {
    incident,
    load: {
      users: 1,
      rate: 1,
      runTime: "10s",
      arrivals: "closed",
      workers: 1,
      withoutIncident: "nothing",
    },
    faults: { delay: "8s", status: 503, percentage },
    incidentLease: "2h",
    paymentReplicas: 1,
  };
}

describe("the fault proxy", () => {
  let program: string;
  let envoy: RunningEnvoy | undefined;

  before(async function () {
    const found = await pythonTool("envoy");
    if (found === undefined) return this.skip();
    program = found;
  });
  afterEach(async () => {
    await envoy?.stop();
    envoy = undefined;
  });

  const start = async (hit: Hit) => (envoy = await startEnvoy(program, hit));
  const pay = async (url: string) => {
    const response = await fetch(url + path, { method: "POST", body });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };

  /** Sends that many payments, some at a time, and returns their statuses. */
  async function payments(url: string, count: number): Promise<number[]> {
    const statuses: number[] = [];
    const payer = async () => {
      while (statuses.length < count) {
        const at = statuses.push(0) - 1;
        statuses[at] = (await pay(url)).status;
      }
    };
    await Promise.all(Array.from({ length: 20 }, payer));
    return statuses;
  }

  for (const set of imageSetNames) {
    for (const state of states) {
      it(`has a configuration that Envoy accepts in ${state} with the images of ${set}`, () => {
        const { proxy: plan } = planFor(settings(state, 10));
        const all = shopWorkloads({ images: { set, overrides: {} } });
        const target = all.find(({ spec }) => spec.name === plan?.target);
        if (!plan || !target) throw new Error("no proxy in this state");
        const { data } = proxyConfigArgs({ plan, target, image: "x:1", callers: [] });
        const folder = mkdtempSync(join(tmpdir(), "envoy-"));
        const file = join(folder, "envoy.yaml");
        writeFileSync(file, data["envoy.yaml"]);

        const { stdout, stderr } = spawnSync(
          program,
          ["--mode", "validate", "--config-path", file, "--log-level", "warning"],
          { encoding: "utf8" },
        );
        rmSync(folder, { recursive: true });

        expect(stdout + stderr).to.match(/^configuration '.+' OK\s*$/);
      });
    }
  }

  it("answers every payment with the status, and none reaches the service", async () => {
    const { url, reached } = await start({ path, fault: { status: 503 }, percentage: 100 });

    expect(new Set(await payments(url, 100))).to.deep.equal(new Set([503]));
    expect(reached).to.deep.equal([]);
  });

  it("lets health checks, other paths and other methods through, as if it were not there", async () => {
    const { url, reached } = await start({ path, fault: { status: 500 }, percentage: 100 });

    for (const open of ["/health", "/metrics", path, `${path}/more`]) {
      const response = await fetch(url + open);
      expect(await response.text(), open).to.equal('{"authorised":true}');
      expect(response.headers.get("server")).to.equal("payment");
      const added = [...response.headers.keys()].filter((name) => name.startsWith("x-"));
      expect(added).to.deep.equal([]);
    }
    expect(reached).to.deep.equal([
      "GET /health",
      "GET /metrics",
      "GET /paymentAuth",
      "GET /paymentAuth/more",
    ]);
  });

  it("holds every payment back for the delay, then lets it reach the service unchanged", async () => {
    const delaySeconds = 0.3;
    const { url, reached } = await start({ path, fault: { delaySeconds }, percentage: 100 });
    const before = performance.now();

    const { status, text } = await pay(url);

    // Envoy's timers look at the time that its loop began with, which is late on a busy machine
    expect(performance.now() - before).to.be.at.least(150);
    expect({ status, text }).to.deep.equal({ status: 200, text: '{"authorised":true}' });
    expect(reached).to.deep.equal([`POST ${path} ${body}`]);
  });

  // Six standard deviations to each side: wrong once in 500 million runs.
  for (const percentage of [10, 50]) {
    const count = 2000;
    const share = percentage / 100;
    const [mean, spread] = [count * share, 6 * Math.sqrt(count * share * (1 - share))];

    it(`answers about ${percentage} % of the payments with the status`, async () => {
      const { url, reached } = await start({ path, fault: { status: 500 }, percentage });

      const statuses = await payments(url, count);

      const failed = statuses.filter((status) => status === 500).length;
      expect(failed).to.be.closeTo(mean, spread);
      expect(statuses.filter((status) => status === 200)).to.have.length(count - failed);
      expect(reached).to.have.length(count - failed);
    });

    it(`delays about ${percentage} % of the payments`, async () => {
      const delaySeconds = 0.05;
      const { url, accessLog } = await start({ path, fault: { delaySeconds }, percentage });

      expect(new Set(await payments(url, count))).to.deep.equal(new Set([200]));

      const lines = await accessLog(count);
      const delayed = lines.filter(({ flags }) => flags === "DI");
      expect(delayed.length).to.be.closeTo(mean, spread);
    });
  }

  it("logs each call as JSON, with its trace and without what the body says", async () => {
    const { url, accessLog } = await start({ path, fault: { status: 500 }, percentage: 100 });
    const headers = { "x-b3-traceid": "463ac35c9f6413ad" };
    await fetch(`${url}${path}?secret=1`, { method: "POST", body, headers });

    const [line = {}] = await accessLog(1);

    expect(line["time"]).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(line).to.deep.include({
      method: "POST",
      path,
      status_code: 500,
      flags: "FI",
      upstream: null,
      trace_id: "463ac35c9f6413ad",
    });
    expect(JSON.stringify(line)).to.not.match(/4111|secret/);
  });

  it("answers 503 when the service behind it is away, with or without a fault", async () => {
    const running = await start({ path, fault: { delaySeconds: 0.05 }, percentage: 100 });
    await running.stopUpstream();

    expect((await pay(running.url)).status).to.equal(503);
    expect((await fetch(`${running.url}/health`)).status).to.equal(503);
  });

  it("says on its ready port alone that it is ready", async () => {
    const { url, readyUrl, reached } = await start({
      path,
      fault: { status: 500 },
      percentage: 100,
    });

    expect((await fetch(readyUrl)).status).to.equal(200);
    expect((await fetch(readyUrl.replace("/ready", "/health"))).status).to.equal(404);
    expect(reached).to.deep.equal([]);
    await fetch(`${url}/ready`);
    expect(reached).to.deep.equal(["GET /ready"]);
  });

  it("ends cleanly when it is told to", async () => {
    const running = await start({ path, fault: { status: 500 }, percentage: 100 });
    envoy = undefined;

    expect(await running.stop()).to.equal(0);
  });
});
