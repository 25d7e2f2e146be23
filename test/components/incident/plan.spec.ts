import { expect } from "chai";
import {
  incidentStates,
  planFor,
  type IncidentSettings,
} from "../../../components/incident/plan.ts";

const customers = { users: 10, rate: 2, runTime: "2m", arrivals: "closed", workers: 1 } as const;
const settings = {
  load: { ...customers, withoutIncident: "nothing" },
  faults: { delay: "8s", status: 500, percentage: 100 },
  incidentLease: "2h",
  paymentReplicas: 3,
} as const;

/** The plan of a state, with other faults and another load. */
function plan(
  incident: IncidentSettings["incident"],
  faults: Partial<IncidentSettings["faults"]> = {},
  withoutIncident: IncidentSettings["load"]["withoutIncident"] = "nothing",
) {
  return planFor({
    ...settings,
    incident,
    load: { ...settings.load, withoutIncident },
    faults: { ...settings.faults, ...faults },
  });
}

describe("planFor", () => {
  it("changes nothing and runs no load in state none", () => {
    expect(plan("none")).to.deep.equal({ replicas: {}, backends: {} });
  });

  it("takes payment away and expects orders to fail in state payment-down", () => {
    expect(plan("payment-down")).to.deep.equal({
      replicas: { payment: 0 },
      backends: {},
      load: { ...customers, expected: ["unavailable"] },
      lease: { name: "payment-down-lease", lasts: "2h", replicas: { payment: 3 }, direct: [] },
    });
  });

  it("delays payment behind a proxy and expects timeouts in state payment-slow", () => {
    expect(plan("payment-slow")).to.deep.equal({
      replicas: {},
      backends: { payment: "payment-proxy" },
      proxy: {
        name: "payment-proxy",
        target: "payment",
        path: "/paymentAuth",
        fault: { delaySeconds: 8 },
        percentage: 100,
      },
      load: { ...customers, expected: ["slow"] },
      lease: { name: "payment-slow-lease", lasts: "2h", replicas: {}, direct: ["payment"] },
    });
  });

  it("lets payment fail behind a proxy in state payment-errors", () => {
    expect(plan("payment-errors", { status: 503, percentage: 30 })).to.deep.equal({
      replicas: {},
      backends: { payment: "payment-proxy" },
      proxy: {
        name: "payment-proxy",
        target: "payment",
        path: "/paymentAuth",
        fault: { status: 503 },
        percentage: 30,
      },
      load: { ...customers, expected: ["outage", "placed"] },
      lease: { name: "payment-errors-lease", lasts: "2h", replicas: {}, direct: ["payment"] },
    });
  });

  it("delays shipping, so that money is lost, in state shipping-slow", () => {
    expect(plan("shipping-slow")).to.deep.equal({
      replicas: {},
      backends: { shipping: "shipping-proxy" },
      proxy: {
        name: "shipping-proxy",
        target: "shipping",
        path: "/shipping",
        fault: { delaySeconds: 8 },
        percentage: 100,
      },
      load: { ...customers, expected: ["slow"] },
      lease: { name: "shipping-slow-lease", lasts: "2h", replicas: {}, direct: ["shipping"] },
    });
  });

  it("expects timeouts from a delay above what orders waits for, late orders from one below", () => {
    expect(plan("payment-slow", { delay: "6s" }).load?.expected).to.deep.equal(["slow"]);
    expect(plan("payment-slow", { delay: "4s" }).load).to.deep.equal({
      ...customers,
      expected: ["late"],
      lateAfter: 4,
    });
  });

  it("expects a mixture as soon as some calls pass", () => {
    expect(plan("payment-slow", { percentage: 99 }).load?.expected).to.deep.equal([
      "slow",
      "placed",
    ]);
    expect(plan("shipping-slow", { percentage: 100 }).load?.expected).to.deep.equal(["slow"]);
  });

  it("runs the negative controls in state none only, with nothing else changed", () => {
    expect(plan("none", {}, "orders")).to.deep.equal({
      replicas: {},
      backends: {},
      load: { ...customers, expected: ["placed"] },
    });
    expect(plan("none", {}, "declines").load?.expected).to.deep.equal(["declined"]);
    for (const state of incidentStates.filter((state) => state !== "none")) {
      expect(plan(state, {}, "declines"), state).to.deep.equal(plan(state));
    }
  });

  it("has a plan for every state, and load and a lease in all but none", () => {
    for (const incident of incidentStates) {
      expect("load" in plan(incident)).to.equal(incident !== "none");
      expect("lease" in plan(incident, {}, "orders")).to.equal(incident !== "none");
    }
  });

  it("runs no load where there are no customers, and keeps the fault and its lease", () => {
    const load = { ...settings.load, users: 0 };
    for (const incident of incidentStates) {
      const { replicas, backends, proxy, lease } = plan(incident);
      const fault = { replicas, backends, ...(proxy && { proxy }), ...(lease && { lease }) };
      expect(planFor({ ...settings, incident, load }), incident).to.deep.equal(fault);
    }
  });

  it("gives the load the seed of the stack", () => {
    const load = { ...settings.load, seed: 0 };

    expect(planFor({ ...settings, incident: "payment-slow", load }).load).to.include({ seed: 0 });
  });

  it("puts back in each state whatever that state scales or redirects", () => {
    for (const incident of incidentStates.filter((state) => state !== "none")) {
      const { replicas, backends, lease } = plan(incident);

      expect(Object.keys(lease?.replicas ?? {}), incident).to.deep.equal(Object.keys(replicas));
      expect(lease?.direct, incident).to.deep.equal(Object.keys(backends));
    }
  });
});
