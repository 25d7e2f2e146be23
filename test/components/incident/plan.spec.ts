import { expect } from "chai";
import { incidentStates, planFor } from "../../../components/incident/plan.ts";

const load = { users: 10, rate: 2, runTime: "2m" } as const;

describe("planFor", () => {
  it("changes nothing and runs no load in state none", () => {
    expect(planFor({ incident: "none", load })).to.deep.equal({ replicas: {} });
  });

  it("takes payment away and expects orders to fail in state payment-down", () => {
    expect(planFor({ incident: "payment-down", load })).to.deep.equal({
      replicas: { payment: 0 },
      load: { users: 10, rate: 2, runTime: "2m", expected: "outage" },
    });
  });

  it("has a plan for every state, and load in all but none", () => {
    for (const incident of incidentStates) {
      expect("load" in planFor({ incident, load })).to.equal(incident !== "none");
    }
  });
});
