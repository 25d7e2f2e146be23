import { expect } from "chai";
import { clocksOf, restoredBy, type Sample } from "../../../../cli/incident/clocks/clocks.ts";
import { faultFields, fieldOwner } from "../../../../cli/incident/clocks/field-owner.ts";

const time = (seconds: number) => new Date(Date.UTC(2030, 0, 2, 3, 4, seconds)).toISOString();
const stamp = (seconds: number) => time(seconds).replace(".000Z", "Z");
const landed = time(0);
const stack = { manager: "pulumi-kubernetes-4f", time: stamp(0) };

function sample(seconds: number, changes: Partial<Sample> = {}): Sample {
  return {
    at: time(seconds),
    fault: "no endpoint",
    owner: stack,
    flag: "payment-down",
    alarms: [],
    leaving: false,
    ...changes,
  };
}

function healthy(seconds: number, changes: Partial<Sample> = {}): Sample {
  const { fault: _fault, ...rest } = sample(seconds, changes);
  expect(_fault).to.equal("no endpoint");
  return rest;
}

describe("the clocks of a run", () => {
  it("say nothing of what did not happen", () => {
    expect(clocksOf([sample(0), sample(5)], landed)).to.deep.equal({});
  });

  it("take the first monitor that notifies after the fault landed", () => {
    const old = { name: "old", since: time(-9), priority: 1 };
    const late = { name: "late", since: time(20), priority: 1 };
    const first = { name: "first", since: time(15), priority: 2 };
    const lesser = { name: "a lesser one", since: time(15), priority: 3 };
    const { detected } = clocksOf(
      [sample(0, { alarms: [old] }), sample(25, { alarms: [old, late, lesser, first] })],
      landed,
    );

    expect(detected).to.deep.equal({ at: time(15), seconds: 15, by: "first" });
  });

  it("take the time of the write where the API server has it, and an order for recovery", () => {
    const owner = { manager: "kubectl", subresource: "scale", time: stamp(12) };
    const samples = [
      sample(5),
      sample(10),
      healthy(15, { owner, order: 500 }),
      healthy(20, { owner, order: 201 }),
    ];

    expect(clocksOf(samples, landed)).to.deep.equal({
      mitigated: { at: time(12), seconds: 12, by: `kubectl scale by kubectl at ${stamp(12)}` },
      recovered: { at: time(20), seconds: 20, by: "an order of the run is placed" },
    });
  });

  it("take the time of the look where the write is older: pods came later", () => {
    const samples = [sample(10, { owner: stack }), healthy(15, { flag: "none" })];

    expect(clocksOf(samples, landed).mitigated).to.deep.equal({
      at: time(15),
      seconds: 15,
      by: "flag off",
    });
  });
});

describe("who restored the shop", () => {
  const owner = (manager: string, subresource?: string) => {
    return { manager, time: stamp(9), ...(subresource !== undefined && { subresource }) };
  };

  it("is the guard, a person with kubectl, the flag, or the run itself", () => {
    const by = (changes: Partial<Sample>) => restoredBy(healthy(9, changes));

    expect(by({ owner: owner("sock-shop-lease", "scale") })).to.equal("lease guard");
    expect(by({ owner: owner("kubectl", "scale") })).to.equal(
      `kubectl scale by kubectl at ${stamp(9)}`,
    );
    expect(by({ owner: { manager: "kubectl", subresource: "scale" } })).to.equal(
      `kubectl scale by kubectl at ${time(9)}`,
    );
    expect(by({ owner: owner("kubectl-edit") })).to.equal(`change by kubectl-edit at ${stamp(9)}`);
    expect(by({ flag: "none" })).to.equal("flag off");
    expect(by({ leaving: true, flag: "none" })).to.equal("flag off, by the run itself at its end");
    expect(by({})).to.equal("an update of the stack");
  });
});

describe("the owner of a field", () => {
  const managedFields = [
    { manager: "pulumi", time: stamp(1), fieldsV1: { "f:spec": { "f:replicas": {} } } },
    {
      manager: "kubectl",
      subresource: "scale",
      time: stamp(5),
      fieldsV1: { "f:spec": { "f:replicas": {} } },
    },
    { manager: "kwok", time: stamp(9), fieldsV1: { "f:status": { "f:replicas": {} } } },
  ];

  it("is the last of those who wrote it, and of no other field", () => {
    expect(fieldOwner({ metadata: { managedFields } }, faultFields.replicas)).to.deep.equal({
      manager: "kubectl",
      subresource: "scale",
      time: stamp(5),
    });
    expect(fieldOwner({ metadata: { managedFields } }, faultFields.selector)).to.equal(undefined);
    expect(fieldOwner({}, faultFields.replicas)).to.equal(undefined);
  });
});
