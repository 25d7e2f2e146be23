import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { hashesOf, jsonText } from "../../../cli/incident/bundle/manifest.ts";
import { type Entry, entryLine, readJournal } from "../../../cli/incident/run/journal.ts";
import { incidentRunDocument, incidentVerifyDocument } from "../../../cli/json/schemas/run.ts";
import { processIdentity } from "../../../sandbox/host/process-identity.ts";
import { runCli, type World } from "../../support/cli.ts";
import {
  checkpoint,
  deployed,
  liveCluster,
  stateFile,
} from "../../support/sandbox/deployed-stack.ts";

const run = ["incident", "run", "payment-down"];
const at = "2030-01-02T03:04:05.000Z";
const config =
  "config:\n  sock-shop:incident: none\n  sock-shop:datadogApiUrl: http://127.0.0.1:2026/\n";

/** A journal of a run whose process is gone, cut off while the fault was held. */
function cutOff(phase: "doctor" | "hold"): World["files"] {
  const begun = (name: "doctor" | "steady" | "enter" | "witness" | "hold"): Entry => {
    return { kind: "phase-started", at, phase: name };
  };
  const ended = (name: "doctor" | "steady" | "enter" | "witness"): Entry => ({
    kind: "phase-ended",
    phase: name,
    status: "met",
    deviated: false,
    problems: [],
    ...{ at, start: at, end: at, duration: 0 },
  });
  const before = (["doctor", "steady", "enter", "witness"] as const).flatMap((name) => [
    begun(name),
    ended(name),
  ]);
  const entries: Entry[] = [
    {
      kind: "run-started",
      at,
      run: "r1",
      stack: "sandbox",
      options: { incident: "payment-down", holdSeconds: 60, seed: 42, notify: false },
      process: { pid: 999_999, identity: "gone" },
      config,
    },
    ...(phase === "doctor" ? [begun("doctor")] : [...before, begun("hold")]),
  ];
  return { "runs/r1/journal.jsonl": entries.map(entryLine).join("") };
}

describe("lab incident run", () => {
  const refused: readonly [readonly string[], string][] = [
    [["--for", "1s"], 'option "--for" needs a time from 5s to 1h, got "1s"; such as 5m'],
    [["--for", "soon"], 'option "--for" needs a time from 5s to 1h, got "soon"; such as 5m'],
    [["--users", "0"], 'option "--users" needs a whole number from 1 to 500, got "0"'],
    [["--users", "501"], 'option "--users" needs a whole number from 1 to 500, got "501"'],
    [["--seed", "x"], 'option "--seed" needs a whole number from 0 to 4294967295, got "x"'],
    [["--repeat", "21"], 'option "--repeat" needs a whole number from 1 to 20, got "21"'],
    [
      ["--hold-until", "fixed"],
      'option "--hold-until" needs restored, monitor:<key> or a time such as 5m, got "fixed"',
    ],
  ];
  for (const [words, message] of refused) {
    it(`refuses ${words.join(" ")} in one line`, async () => {
      const { code, stderr, calls } = await runCli([...run, ...words]);

      expect([code, stderr, calls]).to.deep.equal([2, `lab: ${message}\n`, []]);
    });
  }

  it("refuses an unknown state, and the healthy one", async () => {
    expect((await runCli(["incident", "run", "payment-dwn"])).stderr).to.contain("did you mean");
    expect((await runCli(["incident", "run", "none"])).code).to.equal(2);
  });

  it("is invalid where nothing is deployed, stages nothing, and says so as JSON", async () => {
    const { code, stdout, calls } = await runCli([...run, "--json"]);

    const document = incidentRunDocument.parse(JSON.parse(stdout));
    expect([code, document.ok]).to.deep.equal([4, false]);
    expect(document.runs[0]).to.deep.include({
      verdict: "invalid",
      landed: null,
      restoredBy: "nothing was staged",
    });
    expect(document.runs[0]?.phases[0]).to.deep.equal({
      phase: "doctor",
      status: "unmet",
      problems: ["nothing is deployed yet; run ./lab up"],
    });
    expect(calls.filter((call) => call.startsWith("pulumi"))).to.deep.equal([]);
  });

  it("keeps a journal that has ended", async () => {
    let text = "";
    await runCli(run, {
      answer: (line, { cwd }) => {
        if (!line.startsWith("git ")) return {};
        const [id = ""] = readdirSync(join(cwd, "runs")).filter((name) => name.startsWith("20"));
        text = readFileSync(join(cwd, "runs", id, "journal.jsonl"), "utf8");
        return {};
      },
    });

    const { started, outcomes, current } = readJournal(text);
    expect(started.options).to.deep.equal({
      incident: "payment-down",
      holdSeconds: 300,
      seed: 42,
      notify: false,
    });
    expect(outcomes.map(({ phase, status }) => `${phase} ${status}`)).to.deep.equal([
      "doctor unmet",
      "steady skipped",
      "enter skipped",
      "witness skipped",
      "hold skipped",
      "leave skipped",
      "recover skipped",
      "collect met",
    ]);
    expect(current).to.equal("report");
  });

  it("stages nothing while the cluster does not answer", async () => {
    const { code, stdout, calls } = await runCli(run, {
      files: deployed,
      answer: (line) => (line.startsWith("kubectl") ? { code: 1 } : {}),
    });

    expect(code).to.equal(4);
    expect(stdout).to.contain("! cluster: the API server does not answer");
    expect(calls.filter((call) => call.startsWith("pulumi up"))).to.deep.equal([]);
  });

  it("is refused while another one is in progress", async () => {
    const holder = { pid: process.pid, startTime: await processIdentity(process.pid) };
    const { code, stderr } = await runCli(run, {
      files: { "runs/sandbox.lock": JSON.stringify(holder) },
    });

    expect(code).to.equal(1);
    expect(stderr).to.contain(`a run of stack sandbox is in progress (pid ${process.pid})`);
  });
});

describe("a run that was cut off", () => {
  it("keeps another from beginning, and says what state things are in", async () => {
    const { code, stderr } = await runCli(run, { files: { ...deployed, ...cutOff("hold") } });

    expect(code).to.equal(1);
    expect(stderr).to.equal(
      "lab: run r1 was cut off in hold: payment-down may still be on; first ./lab incident leave\n",
    );
  });

  it("is shown by incident status with what ends it", async () => {
    const { code, stdout } = await runCli(["incident", "status"], {
      files: { ...deployed, ...cutOff("doctor") },
      answer: () => ({ stdout: liveCluster(1) }),
    });

    expect(code).to.equal(1);
    expect(stdout).to.contain("! run r1 was cut off in doctor: the shop is as it was before");
    expect(stdout).to.contain("run ./lab incident leave to fix");
  });

  it("is ended by incident leave, which gives the stack's file back first", async () => {
    const during = config
      .replace("none", "payment-down")
      .concat("  sock-shop:load: { seed: 42, runTime: 180s }\n  sock-shop:notifyDrills: false\n");
    const seen: string[] = [];
    let journal = "";
    const { code, stdout } = await runCli(["incident", "leave"], {
      files: {
        [stateFile]: checkpoint("payment-down"),
        ...cutOff("hold"),
        "Pulumi.sandbox.yaml": during,
      },
      answer: (line, { cwd }) => {
        if (!line.startsWith("pulumi up")) return {};
        seen.push(readFileSync(join(cwd, "Pulumi.sandbox.yaml"), "utf8"));
        journal = join(cwd, "runs/r1/journal.jsonl");
        return {};
      },
    });

    expect([code, journal.endsWith("journal.jsonl")]).to.deep.equal([0, true]);
    expect(seen[0]).not.to.contain("seed").and.not.to.contain("notifyDrills");
    expect(stdout).to.contain("run r1 is ended: it was cut off");
  });
});

describe("lab incident verify", () => {
  const content = new Map([["world/logs.jsonl", "{}\n"]]);
  const manifest = jsonText({ schemaVersion: 1, files: hashesOf(content) });
  const whole = { "runs/r1/world/logs.jsonl": "{}\n", "runs/r1/manifest.json": manifest };
  const verify = (files: Record<string, string>) =>
    runCli(["incident", "verify", "runs/r1", "--json"], { files });

  it("says that a bundle is whole", async () => {
    const { code, stdout } = await verify(whole);

    const document = incidentVerifyDocument.parse(JSON.parse(stdout));
    expect([code, document.files, document.tampered]).to.deep.equal([0, 1, []]);
  });

  it("says which file was changed, and where a secret is", async () => {
    const text = '{"longNum":"4111111111111111"}\n';
    const { code, stdout } = await verify({ ...whole, "runs/r1/world/logs.jsonl": text });

    expect(code).to.equal(1);
    expect(incidentVerifyDocument.parse(JSON.parse(stdout))).to.deep.include({
      ok: false,
      tampered: ["world/logs.jsonl was changed"],
      leaks: ["world/logs.jsonl, line 1: a card number"],
    });
    expect(stdout).not.to.contain("4111");
  });

  it("fails in one line where there is no bundle", async () => {
    const { code, stderr } = await runCli(["incident", "verify", "runs/none"]);

    expect(code).to.equal(1);
    expect(stderr).to.match(/^lab: there is no bundle .*\n$/);
  });
});
