import { expect } from "chai";
import { hostname } from "node:os";
import { runCli } from "../../support/cli.ts";
import { checkpoint, deployed, stateFile } from "../../support/sandbox/deployed-stack.ts";

const cutOff = checkpoint("none").slice(0, 60);
const lockFile = ".sandbox/backend/.pulumi/locks/organization/sock-shop/sandbox/1.json";
const refreshed = (calls: readonly string[]) =>
  calls.filter((call) => call.startsWith("pulumi up") && call.includes(" --refresh"));

describe("a state that is cut off", () => {
  const withCopy = { [stateFile]: cutOff, [`${stateFile}.bak`]: checkpoint("none") };

  it("is replaced by Pulumi's own copy at the next up, and compared with what is there", async () => {
    const run = await runCli(["up"], { files: withCopy });

    expect(run).to.deep.include({ code: 0, stderr: "" });
    expect(run.stdout).to.contain(
      "the state was cut off; restored Pulumi's copy of the step before\n",
    );
    expect(refreshed(run.calls)).to.have.length(1);
  });

  it("is left alone when it is whole, whatever the copy is", async () => {
    const run = await runCli(["up"], { files: { ...deployed, [`${stateFile}.bak`]: cutOff } });

    expect(run.code).to.equal(0);
    expect(run.stdout).not.to.contain("cut off");
    expect(refreshed(run.calls)).to.deep.equal([]);
  });

  for (const [copy, remedy] of [
    [checkpoint("none"), `./lab up restores the copy of the step before, <root>/${stateFile}.bak`],
    [cutOff, "./lab down removes the sandbox with it"],
  ] as const) {
    it(`is one line for a command that reads: ${remedy.slice(0, 22)}`, async () => {
      const files = { [stateFile]: cutOff, [`${stateFile}.bak`]: copy };
      const run = await runCli(["incident", "status"], { files });

      expect(run).to.deep.include({ code: 1, stdout: "" });
      expect(run.stderr).to.equal(
        `lab: the state of stack sandbox is cut off (<root>/${stateFile}); ${remedy}\n`,
      );
    });
  }

  it("goes away with its sandbox", async () => {
    const run = await runCli(["down"], { files: { [stateFile]: "" } });

    expect(run.code).to.equal(0);
    expect(run.calls).to.include("[stop cluster]");
    expect(run.stdout).to.contain("the sandbox is gone");
  });
});

describe("a lock", () => {
  for (const text of ["", '{"pid":4711,', "[]"]) {
    it(`that an engine was killed while writing (${JSON.stringify(text)}) is dropped`, async () => {
      const run = await runCli(["up"], { files: { ...deployed, [lockFile]: text } });

      expect(run).to.deep.include({ code: 0, stderr: "" });
      expect(run.calls)
        .to.include("[pause 1000 ms]")
        .and.include("pulumi cancel --stack sandbox --yes");
      expect(run.stdout).to.contain(
        "dropping the lock of an update that was killed (pid unknown)\n",
      );
    });
  }

  it("of a machine of another name comes with the way out", async () => {
    const lock = { pid: 4711, hostname: "before", timestamp: "2026-01-02T03:04:05Z" };
    const run = await runCli(["up"], { files: { ...deployed, [lockFile]: JSON.stringify(lock) } });

    expect(run.code).to.equal(1);
    expect(run.stderr).to.equal(
      "lab: stack sandbox is being changed by pid 4711 on before since 2026-01-02T03:04:05Z; wait " +
        "for it, or end that program and try again. If before is an earlier name of this machine, " +
        "or that program has ended: ./lab shell --stack sandbox -- pulumi cancel --stack sandbox " +
        "--yes\n",
    );
  });

  it("of this machine and a pulumi that runs has no such way out", async () => {
    const lock = { pid: 4711, hostname: hostname(), timestamp: "2026-01-02T03:04:05Z" };
    const files = { ...deployed, [lockFile]: JSON.stringify(lock) };

    const run = await runCli(["up"], { files, pulumiPids: [4711] });

    expect(run.stderr).to.match(/end that program and try again\n$/);
  });
});

describe("two stacks in one sandbox", () => {
  const otherFile = ".sandbox/backend/.pulumi/stacks/sock-shop/other.json";

  for (const line of [["up"], ["incident", "enter", "payment-down"]]) {
    it(`are refused by ${line.join(" ")} before anything is started`, async () => {
      const run = await runCli(line, { files: { [otherFile]: checkpoint("none") } });

      expect(run).to.deep.include({ code: 1, stdout: "", calls: [] });
      expect(run.stderr).to.equal(
        "lab: stack sandbox cannot use the sandbox: stack other is deployed there, and a sandbox " +
          "runs one; first run ./lab down --stack other, or set sock-shop:kubeContext in " +
          "Pulumi.sandbox.yaml to a cluster of your own; to share this one, see docs/workshop.md\n",
      );
    });
  }

  it("are fine where the other one names the sandbox's cluster as its own", async () => {
    const team = "config:\n  sock-shop:kubeContext: kwok-sock-shop\n";
    const files = { ...deployed, [otherFile]: checkpoint("none"), "Pulumi.other.yaml": team };

    expect(await runCli(["up"], { files })).to.deep.include({ code: 0, stderr: "" });
  });

  it("are fine once one is destroyed, or on a cluster of its own", async () => {
    const empty = JSON.stringify({ checkpoint: { latest: { resources: [] } } });
    const alone = await runCli(["up"], { files: { ...deployed, [otherFile]: empty } });
    const own = await runCli(["up", "--stack", "dev", "--dry-run"], {
      files: { [otherFile]: checkpoint("none") },
    });

    expect([alone.stderr, own.stderr]).to.deep.equal(["", ""]);
  });
});
