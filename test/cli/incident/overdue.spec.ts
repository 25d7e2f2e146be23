import { expect } from "chai";
import { overdueProblem, activeIncident } from "../../../cli/incident/overdue.ts";
import { runCli } from "../../support/cli.ts";

const entered = "2026-11-24T10:00:00Z";

function state(incident: string, created = entered): string {
  const urn = (type: string, name: string) => `urn:pulumi:dev::sock-shop::${type}::${name}`;
  const job = urn("sockshop:incident:LoadJob$kubernetes:batch/v1:Job", "locust");
  const stack = urn("pulumi:pulumi:Stack", "sock-shop-dev");
  const old = "2026-01-01T00:00:00Z";
  const resources = [
    { urn: stack, type: "pulumi:pulumi:Stack", created: old, outputs: { incident } },
    ...(incident === "none" ? [] : [{ urn: job, type: "kubernetes:batch/v1:Job", created }]),
  ];
  return JSON.stringify({ deployment: { resources } });
}

/** The same with a guard; the cluster made it a little before the state says so. */
function stateWithLease(lasts: string, begun = entered, created = "2026-11-24T10:00:09Z"): string {
  const { deployment } = JSON.parse(state("payment-down")) as {
    deployment: { resources: object[] };
  };
  const type = "kubernetes:apps/v1:Deployment";
  const urn = `urn:pulumi:dev::sock-shop::sockshop:incident:Lease$${type}::payment-down-lease`;
  const annotations = { "sock-shop/lease": lasts };
  const inputs = { metadata: { name: "payment-down-lease", annotations } };
  const outputs = { metadata: { creationTimestamp: begun } };
  const resources = [...deployment.resources, { urn, type, created, inputs, outputs }];
  return JSON.stringify({ deployment: { resources } });
}

describe("an incident that was left on", () => {
  const at = (minutes: number) => new Date(Date.parse(entered) + minutes * 60_000);

  it("is not found in a healthy state, nor in an empty one", () => {
    expect(activeIncident(state("none"))).to.equal(undefined);
    expect(activeIncident("{}")).to.equal(undefined);
  });

  it("dates from when its load was made, not from when the stack was", () => {
    expect(activeIncident(state("payment-down"))).to.deep.equal({
      name: "incident payment-down",
      since: new Date(entered),
    });
  });

  it("is found by its guard where the update was cut off before the stack said so", () => {
    const cutOff = (incident?: string) => {
      const whole = stateWithLease("30m");
      return whole.replace(/"outputs":\{"incident":"[^"]*"\}/, `"outputs":${outputs(incident)}`);
    };
    const outputs = (incident?: string) => JSON.stringify(incident ? { incident } : {});

    for (const said of ["none", undefined]) {
      expect(overdueProblem(activeIncident(cutOff(said)), at(30))).to.equal(
        "the lease of an incident whose update was cut off ran out at 2026-11-24T10:30:00Z, " +
          "and the stack still declares it",
      );
    }
    // a control run has load, and is no incident
    const load = state("payment-down").replace('"incident":"payment-down"', '"incident":"none"');
    expect(load).to.contain("sockshop:incident:LoadJob");
    expect(activeIncident(load)).to.equal(undefined);
  });

  it("is overdue after more than the allowed minutes, and not before", () => {
    const incident = activeIncident(state("payment-down"));

    expect(overdueProblem(incident, at(120), 120)).to.equal(undefined);
    expect(overdueProblem(incident, at(121), 120)).to.equal(
      "incident payment-down is on since 2026-11-24T10:00:00.000Z, 121 minutes; " +
        "at most 120 are allowed",
    );
  });

  it("is overdue from the end of its lease on, which the state tells", () => {
    const incident = activeIncident(stateWithLease("30m"));

    expect(overdueProblem(incident, new Date(at(30).getTime() - 1))).to.equal(undefined);
    expect(overdueProblem(incident, at(30))).to.equal(
      "the lease of incident payment-down ran out at 2026-11-24T10:30:00Z, " +
        "and the stack still declares it",
    );
  });

  it("goes by the minutes that are asked for, whatever its lease", () => {
    const incident = activeIncident(stateWithLease("30m"));

    expect(overdueProblem(incident, at(60), 60)).to.equal(undefined);
    expect(overdueProblem(incident, at(11), 10)).to.contain("at most 10 are allowed");
  });

  it("may last two hours where it has no lease", () => {
    const incident = activeIncident(state("payment-down"));

    expect(overdueProblem(incident, at(120))).to.equal(undefined);
    expect(overdueProblem(incident, at(121))).to.contain("at most 120 are allowed");
  });

  it("counts as old where the state has no time", () => {
    const incident = activeIncident(state("payment-down", "never"));

    expect(overdueProblem(incident, at(0), 120)).to.contain("since 1970-01-01");
  });

  it("fails lab incident overdue on an exported state", async () => {
    const files = {
      "old.json": state("payment-slow", "2026-01-02T00:00:00Z"),
      "well.json": state("none"),
      "forgotten.json": stateWithLease("2h", "2026-01-02T00:00:00Z"),
    };
    const overdue = (file: string) => runCli(["incident", "overdue", "--file", file], { files });

    expect(await overdue("well.json")).to.deep.include({ code: 0, stdout: "no incident is on\n" });
    const old = await overdue("old.json");
    expect(old.code).to.equal(1);
    expect(old.stdout).to.match(
      /^! incident payment-slow is on since .*; run \.\/lab incident leave to end it\n$/,
    );
    const forgotten = await overdue("forgotten.json");
    expect([forgotten.code, forgotten.stdout]).to.deep.equal([
      1,
      "! the lease of incident payment-down ran out at 2026-01-02T02:00:00Z, and the stack still " +
        "declares it; run ./lab incident leave to end it\n",
    ]);
    const missing = await overdue("gone.json");
    expect(missing.stderr).to.equal(
      "lab: cannot read gone.json; write it with: pulumi stack export --file gone.json\n",
    );
  });

  it("refuses a length that is not in minutes", async () => {
    const { code, stderr } = await runCli(["incident", "overdue", "--longest", "2h"]);

    expect(code).to.equal(2);
    expect(stderr).to.contain(
      'option "--longest" needs a whole number of minutes, got "2h"; for example 60',
    );
  });
});
