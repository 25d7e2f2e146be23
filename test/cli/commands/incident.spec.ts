import { expect } from "chai";
import { runCli } from "../../support/cli.ts";
import {
  checkpoint,
  deployed,
  stateFile,
  eventLog,
  readLiveState,
  liveCluster,
  pulumiUp,
} from "../../support/sandbox/deployed-stack.ts";

describe("lab incident", () => {
  it("does nothing in a state that is asked for, applied and real", async () => {
    const run = await runCli(["incident", "leave"], {
      files: deployed,
      answer: () => ({ stdout: liveCluster(1) }),
    });

    expect(run.stdout).to.equal("already in none: nothing to do\n");
    expect(run.calls).to.deep.equal([readLiveState]);
  });

  it("takes back an incident whose update was cut off before the stack said so", async () => {
    const inputs = {
      metadata: { name: "payment-down-lease", annotations: { "sock-shop/lease": "2h" } },
    };
    const guard = { type: "kubernetes:apps/v1:Deployment", inputs };
    const world = {
      files: { [stateFile]: checkpoint("none", {}, guard) },
      answer: () => ({ stdout: liveCluster(1) }),
    };

    const status = await runCli(["incident", "status"], world);
    expect([status.code, status.stdout.split("\n")[3]]).to.deep.equal([
      1,
      "! payment-down-lease is of an incident whose update was cut off",
    ]);
    const leave = await runCli(["incident", "leave"], world);
    expect(leave.calls).to.include(`${pulumiUp} --config incident=none ${eventLog}`);
  });

  it("puts back what somebody scaled by hand, by an update that looks first", async () => {
    const run = await runCli(["incident", "leave"], {
      files: deployed,
      answer: (line) => (line.startsWith("kubectl") ? { stdout: liveCluster(0) } : {}),
    });

    expect(run.stdout).to.contain("payment is scaled to 0, the stack declares 1; putting it back");
    expect(run.calls).to.include(`${pulumiUp} --config incident=none --refresh ${eventLog}`);
  });

  it("keeps the flag as asked when the update fails and says the ways on and back", async () => {
    const run = await runCli(["incident", "enter", "payment-down"], {
      files: deployed,
      answer: () => ({ code: 1 }),
    });

    expect(run.code).to.equal(1);
    expect(run.stderr).to.equal(
      "lab: pulumi up failed with exit code 1: it says why above; fix the cause, then run ./lab up " +
        "to finish the update; the flag stays payment-down, ./lab incident leave takes it " +
        "back\n",
    );
  });

  it("refuses a state that does not exist before anything runs", async () => {
    const run = await runCli(["incident", "enter", "payment-dwn"]);

    expect(run.code).to.equal(2);
    expect(run.stderr).to.equal(
      'lab: unknown incident "payment-dwn": choose payment-down, payment-slow, payment-errors, ' +
        'shipping-slow; did you mean "payment-down"?\n',
    );
    expect(run.calls).to.deep.equal([]);
  });

  it('points at "leave" for the state none', async () => {
    const run = await runCli(["incident", "enter", "none"]);

    expect(run.stderr).to.contain("run ./lab incident leave");
  });

  it("reports a scaling by hand with exit code 1", async () => {
    const run = await runCli(["incident", "status"], {
      files: deployed,
      answer: () => ({ stdout: liveCluster(3) }),
    });

    expect(run.code).to.equal(1);
    expect(run.stdout.split("\n")).to.deep.equal([
      "flag      none          Pulumi.sandbox.yaml",
      "applied   none          payment 1, no load job",
      "running   payment 3/3   0 endpoints behind it, no load job",
      "! payment is scaled to 3, the stack declares 1",
      "run ./lab up --refresh to fix",
      "",
    ]);
  });

  it("says what leaving each state restored", async () => {
    const ends: Record<string, string> = {
      "payment-down": "payment is ready again",
      "payment-errors": "orders reach payment directly again",
      "shipping-slow": "orders reach shipping directly again",
    };
    for (const [state, end] of Object.entries(ends)) {
      const config = `config:\n  sock-shop:incident: ${state}\n`;
      const run = await runCli(["incident", "leave"], {
        files: { [stateFile]: checkpoint(state), "Pulumi.sandbox.yaml": config },
      });

      expect(run.stdout).to.contain(
        `incident left: ${end}. Stage it again: ./lab incident enter ${state}`,
      );
    }
  });

  it("says that nothing is deployed yet", async () => {
    const run = await runCli(["incident", "status"]);

    expect(run.code).to.equal(1);
    expect(run.stdout).to.equal("the flag says none; nothing is deployed yet; run ./lab up\n");
  });
});
