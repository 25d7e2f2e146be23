import { expect } from "chai";
import {
  appliedIncident,
  disagreements,
  liveIncident,
} from "../../../cli/incident/incident-state.ts";
import { leaseCells, leaseOf } from "../../../cli/incident/lease.ts";
import { runCli } from "../../support/cli.ts";
import { checkpoint, liveCluster, stateFile } from "../../support/sandbox/deployed-stack.ts";

const begun = "2026-11-24T10:00:00Z";
const at = (time: string) => new Date(`2026-11-24T${time}Z`);

function guard(lasts: string, name = "payment-down-lease") {
  return { metadata: { name, annotations: { "sock-shop/lease": lasts } } };
}

/** What kubectl answers in state payment-down: payment's pods, and those of a guard of an age. */
function cluster(pods: number, created: string, available = 1, lasts = "2h"): string {
  const { items } = JSON.parse(liveCluster(pods)) as { items: object[] };
  const { metadata } = guard(lasts);
  const deployment = {
    kind: "Deployment",
    metadata: { ...metadata, creationTimestamp: created },
    spec: { replicas: 1 },
    status: { availableReplicas: available },
  };
  return JSON.stringify({ items: [...items, deployment] });
}

/** A checkout in which payment-down is asked for and applied. */
const entered = {
  "Pulumi.sandbox.yaml": "config:\n  sock-shop:incident: payment-down\n",
  [stateFile]: stateWithGuard(),
};

function stateWithGuard(): string {
  const { checkpoint: saved } = JSON.parse(checkpoint("payment-down")) as {
    checkpoint: { latest: { resources: object[] } };
  };
  const type = "kubernetes:apps/v1:Deployment";
  const resources = [...saved.latest.resources, { type, inputs: guard("2h") }];
  return JSON.stringify({ checkpoint: { latest: { resources } } });
}

/** An hour before the test that asks, to the second, as the API writes it. */
function anHourAgo(): string {
  const seconds = Math.floor(Date.now() / 1000) - 3_600;
  return new Date(seconds * 1000).toISOString().replace(".000", "");
}

describe("the lease of an incident", () => {
  it("ends its length after its guard was made", () => {
    expect(leaseOf([{ manifest: guard("90m"), begun }])).to.deep.equal({
      name: "payment-down-lease",
      lasts: "90m",
      endsAt: at("11:30:00"),
    });
  });

  it("is over at once where its length says nothing, as the guard itself takes it", () => {
    expect(leaseOf([{ manifest: guard("ever"), begun }])?.endsAt).to.deep.equal(at("10:00:00"));
  });

  it("is the one that ends last while one state follows another", () => {
    const other = { manifest: guard("1h", "payment-slow-lease"), begun };

    const { name } = leaseOf([{ manifest: guard("2h"), begun }, other]) ?? {};
    expect(name).to.equal("payment-down-lease");
    expect(leaseOf([{ manifest: { metadata: { name: "payment" } }, begun }])).to.equal(undefined);
  });

  it("says when it ends, and from then on what happens", () => {
    const lease = { name: "x", lasts: "2h", endsAt: at("12:00:00") };

    expect(leaseCells(lease, at("11:58:59"))).to.deep.equal([
      "2h",
      "ends at 2026-11-24T12:00:00Z, in 2 min",
    ]);
    expect(leaseCells(lease, at("12:00:00"))).to.deep.equal([
      "ran out",
      "at 2026-11-24T12:00:00Z, the guard restores the healthy state",
    ]);
    expect(leaseCells({ name: "x", lasts: "2h" }, at("12:00:00"))[1]).to.equal(
      "when it began is not known",
    );
  });

  it("is missed where the guard or its pod is gone, or lasts for longer than declared", () => {
    const applied = appliedIncident(stateWithGuard());
    const problems = (text: string) =>
      disagreements("payment-down", applied, liveIncident(text)).filter((it) =>
        it.includes("lease"),
      );

    expect(problems(cluster(0, begun))).to.deep.equal([]);
    expect(problems(liveCluster(0))).to.deep.equal([
      "payment-down-lease is deleted, but the stack declares it: nothing ends the incident",
    ]);
    expect(problems(cluster(0, begun, 0))).to.deep.equal([
      "payment-down-lease has no pod: nothing ends the incident",
    ]);
    expect(problems(cluster(0, begun, 1, "9h"))).to.deep.equal([
      "payment-down-lease lasts 9h, the stack declares 2h",
    ]);
  });
});

describe("lab incident with a lease", () => {
  it("says when the incident will end by itself", async () => {
    const run = await runCli(["incident", "status"], {
      files: entered,
      answer: () => ({ stdout: cluster(0, anHourAgo()) }),
    });

    expect(run.code).to.equal(0);
    expect(run.stdout.split("\n")[3]).to.match(/^lease +2h +ends at 20.*Z, in 60 min$/);
  });

  it("says that the guard has restored the healthy state, and what to do", async () => {
    const run = await runCli(["incident", "status"], {
      files: entered,
      answer: () => ({ stdout: cluster(1, begun) }),
    });

    expect(run.code).to.equal(1);
    expect(run.stdout.split("\n").slice(3)).to.deep.equal([
      "lease     ran out        at 2026-11-24T12:00:00Z, the guard restores the healthy state",
      "! payment is scaled to 1, the stack declares 0",
      "run ./lab incident leave to fix",
      "",
    ]);
  });

  for (const state of ["payment-down", "payment-slow"]) {
    it(`refuses to enter ${state} while a guard stands whose time is over`, async () => {
      const run = await runCli(["incident", "enter", state], {
        files: entered,
        answer: () => ({ stdout: cluster(1, begun) }),
      });

      expect(run.code).to.equal(1);
      expect(run.stderr).to.equal(
        "lab: the lease of incident payment-down ran out at 2026-11-24T12:00:00Z and its guard " +
          "restored the healthy state; first ./lab incident leave\n",
      );
      expect(run.calls.filter((call) => call.startsWith("pulumi"))).to.deep.equal([]);
    });
  }

  it("leaves an incident whose lease ran out as any other", async () => {
    const run = await runCli(["incident", "leave"], {
      files: entered,
      answer: () => ({ stdout: cluster(1, begun) }),
    });

    expect(run.code).to.equal(0);
    expect(run.stdout).to.contain("incident left: payment is ready again");
  });
});
