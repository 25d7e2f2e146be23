import { writeFileSync } from "node:fs";
import { expect } from "chai";
import { driftLines, readDrift } from "../../../cli/pulumi/drift.ts";
import { runCli, type World } from "../../support/cli.ts";
import { deployed } from "../../support/sandbox/deployed-stack.ts";

const kinds = {
  deployment: "sockshop:shop:SockShop$kubernetes:apps/v1:Deployment",
  monitor: "sockshop:monitors:PaymentMonitors$datadog:index/monitor:Monitor",
};

/** A line of the engine's event log about one resource. */
function event(kind: keyof typeof kinds, name: string, step: object): string {
  const urn = `urn:pulumi:sandbox::sock-shop::${kinds[kind]}::${name}`;
  return JSON.stringify({ resourcePreEvent: { metadata: { urn, old: null, new: null, ...step } } });
}

/** An update of a resource, from what was found to what is declared. */
function update(found: object, declared: object, paths: readonly string[]): string {
  const detailedDiff = Object.fromEntries(paths.map((path) => [path, { diffKind: "update" }]));
  const states = { old: { inputs: found }, new: { inputs: declared } };
  return event("deployment", "catalogue", { op: "update", ...states, detailedDiff });
}

const summary = JSON.stringify({ summaryEvent: { result: "succeeded" } });
const same = event("monitor", "payment-silent", { op: "same" });
const scaled = update({ spec: { replicas: 2 } }, { spec: { replicas: 1 } }, ["spec.replicas"]);
const lines = (...log: readonly string[]) => driftLines(readDrift(log.join("\n")));

describe("drift", () => {
  it("says which values only the update will tell, whatever their type", () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const list = { names: [unknown, "b"], port: "3eeb2bf0-c639-47a8-9e75-3b44932eb421" };
    const found = { url: "http://a/", ...{ names: ["a", "b"], port: 1 } };

    expect(
      lines(update(found, { url: `http://${unknown}/x`, ...list }, ["url", "names", "port"])),
    ).to.deep.equal([
      "! Deployment catalogue differs",
      "    url is http://a/, the stack declares http://known after the update/x",
      '    names is ["a","b"], the stack declares [known after the update,"b"]',
      "    port is 1, the stack declares known after the update",
    ]);
  });

  it("is nothing where every resource stays, although each was read again", () => {
    expect(lines(event("monitor", "a", { op: "refresh" }), same, summary)).to.deep.equal([]);
  });

  it("names a property, what it is and what is declared", () => {
    expect(lines(same, scaled)).to.deep.equal([
      "! Deployment catalogue differs",
      "    spec.replicas is 2, the stack declares 1",
    ]);
  });

  it("finds its way through lists and names with dots in them", () => {
    const containers = (image: string) => ({ spec: { containers: [{ image, "a.b": image }] } });
    const found = update(containers("x:1"), containers("x:2"), [
      "spec.containers[0].image",
      'spec.containers[0]["a.b"]',
    ]);

    expect(lines(found)).to.deep.equal([
      "! Deployment catalogue differs",
      "    spec.containers[0].image is x:1, the stack declares x:2",
      '    spec.containers[0]["a.b"] is x:1, the stack declares x:2',
    ]);
  });

  it("says what is missing, and what nobody declares any more", () => {
    const log = [
      event("monitor", "load-running", { op: "create", new: { inputs: { name: "load" } } }),
      event("deployment", "old", { op: "delete", old: { inputs: {} } }),
    ];

    expect(lines(...log)).to.deep.equal([
      "! Monitor load-running is missing, the stack declares it",
      "! Deployment old is not declared any more",
    ]);
  });

  it("counts a replacement once, whatever the engine makes of it", () => {
    const ops = ["create-replacement", "replace", "delete-replaced"];
    const log = ops.map((op) => event("monitor", "a", { op, diffs: ["type"] }));

    expect(lines(...log)).to.deep.equal([
      "! Monitor a differs",
      "    type is nothing, the stack declares nothing",
    ]);
  });

  it("shows no secret, nothing long and no line break", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b4…", ciphertext: "[secret]" };
    const found = { key: secret, text: `a\n${"b".repeat(100)}`, empty: "" };
    const declared = { key: secret, text: "c", empty: "d" };

    expect(lines(update(found, declared, ["key", "text", "empty"])).slice(1)).to.deep.equal([
      "    key is a secret, the stack declares a secret",
      `    text is a ${"b".repeat(58)}…, the stack declares c`,
      '    empty is "", the stack declares d',
    ]);
  });

  it("takes from the outputs what only the API knows", () => {
    const states = { old: { inputs: {}, outputs: { url: "b" } }, new: { inputs: { url: "a" } } };
    const log = event("monitor", "a", { op: "update", ...states, diffs: ["url"] });

    expect(lines(log)[1]).to.equal("    url is b, the stack declares a");
  });

  it("leaves out a line that was cut off", () => {
    expect(lines(scaled.slice(0, -5), same)).to.deep.equal([]);
  });
});

describe("lab drift", () => {
  /** Lets the preview write this event log. */
  const previewing = (...log: readonly string[]): World => ({
    files: deployed,
    answer: (_, { args }) => {
      const file = args[args.indexOf("--event-log") + 1];
      if (file !== undefined) writeFileSync(file, [...log, summary].join("\n"));
      return {};
    },
  });

  it("is one line when there is none, by a preview that looks first", async () => {
    const { code, stdout, calls } = await runCli(["drift"], previewing(same));

    expect(code).to.equal(0);
    expect(stdout).to.equal("no drift: all 1 resources are as stack sandbox declares them\n");
    expect(calls.filter((call) => call.startsWith("pulumi"))).to.deep.equal([
      "pulumi preview --stack sandbox --refresh --policy-pack policies " +
        "--skip-plugin-pre-install --event-log <temp>/events.jsonl",
    ]);
  });

  it("lists what drifted and fails", async () => {
    const { code, stdout } = await runCli(["drift"], previewing(same, scaled));

    expect(code).to.equal(1);
    expect(stdout.split("\n")).to.deep.equal([
      "! Deployment catalogue differs",
      "    spec.replicas is 2, the stack declares 1",
      "1 of 2 resources drifted; run ./lab up --refresh to fix",
      "",
    ]);
  });

  it("fails for a mandatory policy, and not for advice", async () => {
    const violation = (enforcementLevel: string) =>
      JSON.stringify({
        policyEvent: {
          resourceUrn: "urn:pulumi:s::p::k::front-end",
          policyName: "exposed-services",
          message: "it is a NodePort",
          enforcementLevel,
        },
      });
    const broken = await runCli(["drift"], previewing(same, violation("mandatory")));
    const advice = await runCli(["drift"], previewing(same, violation("advisory")));

    expect([broken.code, broken.stdout]).to.deep.equal([
      1,
      "! policy exposed-services: front-end: it is a NodePort\n",
    ]);
    expect(advice.code).to.equal(0);
  });

  it("does not take a preview that did not finish for one that found nothing", async () => {
    const advice = JSON.stringify({
      policyEvent: { policyName: "probes", message: "undecided", enforcementLevel: "advisory" },
    });
    const brokenOff = (code: number): World => ({
      files: deployed,
      answer: (_, { args }) => {
        const file = args[args.indexOf("--event-log") + 1];
        if (file !== undefined) writeFileSync(file, [same, advice].join("\n"));
        return { code, stderr: "error: the cluster hung up" };
      },
    });
    for (const code of [0, 255]) {
      expect(await runCli(["drift"], brokenOff(code))).to.deep.include({
        code: 1,
        stdout: "",
        stderr:
          `lab: the preview of sandbox failed with exit code ${code}:\n` +
          "error: the cluster hung up\n",
      });
    }
  });

  it("says so when there is no stack, or a part of the sandbox does not run", async () => {
    const none = await runCli(["drift"]);
    const down = await runCli(["drift"], {
      files: deployed,
      sandbox: { findCluster: () => Promise.resolve(undefined) },
    });

    expect([none.code, none.stderr]).to.deep.equal([
      1,
      "lab: nothing is deployed yet; run ./lab up\n",
    ]);
    expect([down.code, down.stderr]).to.deep.equal([1, "lab: cluster must run; run ./lab up\n"]);
    expect(down.calls.filter((call) => call.startsWith("pulumi"))).to.deep.equal([]);
  });

  it("shows the engine's words when it could not preview", async () => {
    const { code, stderr } = await runCli(["drift"], {
      files: deployed,
      answer: () => ({ code: 255, stderr: "error: no such file" }),
    });

    expect(code).to.equal(1);
    expect(stderr).to.equal(
      "lab: the preview of sandbox failed with exit code 255:\nerror: no such file\n",
    );
  });

  it("lets the engine look for its plugins on the user's own cluster", async () => {
    const { calls } = await runCli(["drift", "--stack", "dev"], {
      answer: (line) => (line.includes("export") ? { stdout: "{}" } : {}),
    });

    expect(calls.at(-1)).to.equal(
      "pulumi preview --stack dev --refresh --policy-pack policies " +
        "--event-log <temp>/events.jsonl",
    );
  });
});
