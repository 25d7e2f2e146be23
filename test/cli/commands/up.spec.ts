import { expect } from "chai";
import type { SandboxParts } from "../../../cli/context/sandbox.ts";
import type { PodReport } from "../../../sandbox/shop/control-app.ts";
import { runCli, type World } from "../../support/cli.ts";
import {
  counting,
  deployed,
  eventLog,
  liveCluster,
  pulumiUp,
  stateFile,
} from "../../support/sandbox/deployed-stack.ts";

const datadogIsGone: SandboxParts["findServer"] = (_, { name, address, detail }) =>
  Promise.resolve(name === "datadog" ? undefined : { address, detail });

describe("lab up", () => {
  it("says what runs where and what to do next", async () => {
    const run = await runCli(["up"], { files: deployed });

    expect(run.stdout.split("\n")).to.deep.equal([
      "",
      "the shop is as declared",
      "  cluster    https://127.0.0.1:4000   3 nodes, pid 11",
      "  datadog    http://127.0.0.1:2026/   datadog detail, pid 12",
      "  shop       http://localhost:2025/   shop detail, pid 13",
      "  agent      http://127.0.0.1:2028/   agent detail, pid 13",
      "  incident   none",
      "",
      "next:",
      "  ./lab incident enter payment-down   remove payment's pods, put load on the shop",
      "  ./lab incident status               compare the flag, the last update and the cluster",
      "  ./lab shell                         open a shell where pulumi and kubectl are set up",
      "",
    ]);
  });

  it("refuses a folder that kwokctl cannot work in before it installs anything, and doctor finds it", async () => {
    const folder = "my lab";
    const remedy = "move the checkout to a folder without spaces in its path";
    const up = await runCli(["up"], { folder });
    const doctor = await runCli(["doctor"], { folder });
    const elsewhere = await runCli(["doctor", "--stack", "dev"], { folder });

    expect([up.code, up.calls]).to.deep.equal([1, []]);
    expect(up.stderr).to.equal(`lab: kwokctl cannot work in <root>/.sandbox/kwok: ${remedy}\n`);
    expect(doctor.code).to.equal(1);
    expect(doctor.stdout).to.contain(remedy);
    expect(elsewhere.stdout).not.to.contain(remedy);
  });

  it("shows the dashboards, and of the monitors how many there are and by which command", async () => {
    const files = { [stateFile]: withOutputs(links) };

    const { stdout } = await runCli(["up"], { files });

    expect(stdout.split("\n").slice(5, 10)).to.deep.equal([
      "  agent        http://127.0.0.1:2028/   agent detail, pid 13",
      "  dashboards   2 of them                http://dd/dashboard/1",
      "                                        http://dd/dashboard/2",
      "  monitors     3 of them                ./lab monitors",
      "  incident     none",
    ]);
    expect(stdout).not.to.contain("http://dd/monitors");
  });

  it("shows the front-end of a shop that runs elsewhere", async () => {
    const { stdout } = await runCli(["up", "--stack", "dev"], {
      answer: (line) => (line.includes("export") ? { stdout: withOutputs(links) } : {}),
    });

    expect(stdout.split("\n").slice(2, 7)).to.deep.equal([
      "  shop         http://localhost:2025",
      "  dashboards   2 of them               http://dd/dashboard/1",
      "                                       http://dd/dashboard/2",
      "  monitors     3 of them               ./lab monitors --stack dev",
      "  incident     none",
    ]);
  });

  it("leaves out an address that is a secret", async () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b4…", ciphertext: "v1:x" };
    const files = {
      [stateFile]: withOutputs({ dashboardUrls: { a: secret }, frontEndUrl: secret }),
    };

    expect((await runCli(["up"], { files })).stdout).not.to.match(/dashboards|ciphertext|v1:x/);
  });

  it('says "no changes" when the engine counts only resources that stay the same', async () => {
    const run = await runCli(["up"], { files: deployed, answer: counting({ same: 31 }) });

    expect(run.stdout).to.contain("no changes: the shop is as declared\n");
  });

  it("says that the cluster differs where the stack itself has no changes", async () => {
    const counted = counting({ same: 3 });
    const answer: World["answer"] = (line, program) =>
      line.startsWith("kubectl") ? { stdout: liveCluster(0) } : counted?.(line, program);

    const run = await runCli(["up"], { files: deployed, answer });

    expect(run.code).to.equal(0);
    expect(run.stdout).to.contain(
      "no changes in the stack, but the cluster differs from it:\n" +
        "! payment is scaled to 0, the stack declares 1\n" +
        "./lab up --refresh restores what the stack declares\n",
    );
    expect(run.stdout).not.to.contain("the shop is as declared");
  });

  it("says that the shop is as declared where the cluster is", async () => {
    const counted = counting({ same: 3 });
    const answer: World["answer"] = (line, program) =>
      line.startsWith("kubectl") ? { stdout: liveCluster(1) } : counted?.(line, program);

    const run = await runCli(["up"], { files: deployed, answer });

    expect(run.stdout).to.contain("no changes: the shop is as declared\n");
  });

  it('does not say "no changes" when one resource was updated', async () => {
    const changes = { same: 30, update: 1 };
    const run = await runCli(["up"], { files: deployed, answer: counting(changes) });

    expect(run.stdout).not.to.contain("no changes");
  });

  it("tries the downloads that failed before when it is asked to", async () => {
    const { calls } = await runCli(["up", "--retry-downloads"], { files: deployed });

    expect(calls[0]).to.equal("[install toolchain, stand-ins too]");
  });

  it("names the part that went away when the update fails", async () => {
    const run = await runCli(["up"], {
      files: deployed,
      answer: (line) => (line.startsWith("pulumi up") ? { code: 255 } : {}),
      sandbox: { findServer: datadogIsGone },
    });

    expect(run.code).to.equal(1);
    expect(run.stderr).to.equal(
      "lab: pulumi up failed with exit code 255: the Datadog stand-in on port 2026 no longer " +
        "answers; fix the cause, then run ./lab up to finish the update\n",
    );
  });

  it("shows the one line of a part that does not start, and runs no pulumi", async () => {
    const run = await runCli(["up"], {
      sandbox: { startServer: () => Promise.reject(new Error("port 2026 is in use by nc")) },
    });

    expect(run.code).to.equal(1);
    expect(run.stderr).to.equal("lab: port 2026 is in use by nc\n");
    expect(run.calls.filter((call) => call.startsWith("pulumi"))).to.deep.equal([]);
  });

  it("starts the shop again, after the cluster, when the cluster is new", async () => {
    const cluster = { address: "https://127.0.0.1:4000", detail: "", isNew: true };
    const sandbox = { startCluster: () => Promise.resolve(cluster) };

    const { calls } = await runCli(["up"], { files: deployed, sandbox });

    expect(calls.filter((call) => call.includes("shop"))).to.deep.equal([
      "[stop shop]",
      "[start shop 2025 2027]",
      "[pods of the shop on 2027]",
    ]);
  });

  it("starts no shop for a stack on the user's own cluster", async () => {
    const { calls } = await runCli(["up", "--stack", "dev"], {
      answer: (line) => (line.includes("export") ? { stdout: "{}" } : {}),
    });

    expect(
      calls.filter((call) => call.includes("shop on") || call.includes("[start")),
    ).to.deep.equal([]);
  });

  it("waits for pods, and names those that do not become ready", async () => {
    const broken = podReport({ problem: "CrashLoopBackOff" });
    const answers = [[podReport({})], [broken]];
    const sandbox: Partial<SandboxParts> = {
      shop: () => ({
        pods: () => Promise.resolve(answers.shift() ?? [broken]),
        ledger: () => expect.fail("not asked for"),
      }),
    };

    const { stdout, code, calls } = await runCli(["up"], { files: deployed, sandbox });

    expect(stdout).to.contain("! pod payment-0 is not ready: CrashLoopBackOff\n");
    expect(code).to.equal(0);
    expect(calls.filter((call) => call === "[pause 100 ms]")).to.have.length(100);
  });

  it("prints its commands and does nothing on --dry-run", async () => {
    const run = await runCli(["up", "--dry-run"]);

    expect(run.calls).to.deep.equal([]);
    expect(run.stdout.split("\n")).to.deep.equal([
      "# install the missing tools",
      "# start the sandbox's cluster",
      "# start the Datadog stand-in on port 2026",
      "# start the shop on port 2025 and 2027",
      "# start the stand-in of the Datadog agent on port 2028",
      "pulumi stack select --create sandbox",
      pulumiUp,
      "",
    ]);
  });

  it("looks first when the cluster is new but the stack is not", async () => {
    const cluster = { address: "https://127.0.0.1:4000", detail: "", isNew: true };
    const sandbox = { startCluster: () => Promise.resolve(cluster) };
    const old = await runCli(["up"], { files: deployed, sandbox });
    const first = await runCli(["up"], { sandbox });

    expect(old.calls).to.include(`${pulumiUp} --refresh ${eventLog}`);
    expect(first.calls).to.include(`${pulumiUp} ${eventLog}`);
  });
});

const links = {
  frontEndUrl: "http://localhost:2025",
  dashboardUrls: { timeline: "http://dd/dashboard/1", orders: "http://dd/dashboard/2" },
  monitorUrls: { a: "http://dd/monitors/1", b: "http://dd/monitors/2", c: "http://dd/monitors/3" },
};

/** A state with these outputs of the stack, besides the flag. */
function withOutputs(outputs: object): string {
  const all = { incident: "none", namespace: "sock-shop", ...outputs };
  return JSON.stringify({
    deployment: { resources: [{ type: "pulumi:pulumi:Stack", outputs: all }] },
  });
}

function podReport(change: Partial<PodReport>): PodReport {
  const image = "weaveworksdemos/payment:0.4.3";
  const pod = { name: "payment-0", workload: "payment", image, restarts: 0 };
  return { ...pod, ready: false, settled: false, ...change };
}
