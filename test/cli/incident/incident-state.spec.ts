import { expect } from "chai";
import {
  appliedIncident,
  disagreements,
  describeDrift,
  liveIncident,
} from "../../../cli/incident/incident-state.ts";
import { noRouting } from "../../../cli/incident/routing.ts";
import type { AppliedIncident, LiveIncident } from "../../../cli/incident/incident-state.ts";

const applied: AppliedIncident = {
  incident: "payment-down",
  namespace: "sock-shop",
  paymentReplicas: 0,
  routing: noRouting,
  jobs: ["load"],
};
const live: LiveIncident = {
  payment: { desired: 0, available: 0 },
  readyEndpoints: 0,
  routing: noRouting,
  jobs: [{ name: "load", state: "running" }],
};

function job(conditions: object[], active = 0): object {
  return { kind: "Job", metadata: { name: "load" }, status: { active, conditions } };
}

function jobStates(...objects: object[]): string[] {
  return liveIncident(JSON.stringify({ items: objects })).jobs.map(({ state }) => state);
}

describe("appliedIncident", () => {
  const resources = [
    { type: "pulumi:pulumi:Stack", outputs: { incident: "payment-down", namespace: "shop" } },
    {
      type: "kubernetes:apps/v1:Deployment",
      inputs: { metadata: { name: "carts" }, spec: { replicas: 2 } },
    },
    {
      type: "kubernetes:apps/v1:Deployment",
      inputs: { metadata: { name: "payment" }, spec: { replicas: 0 } },
    },
    { type: "kubernetes:batch/v1:Job", inputs: { metadata: { name: "load" } } },
  ];

  it("reads the file backend's state and an exported one alike", () => {
    const expected = {
      incident: "payment-down",
      namespace: "shop",
      paymentReplicas: 0,
      routing: noRouting,
      jobs: ["load"],
    };
    const inFile = JSON.stringify({ checkpoint: { latest: { resources } } });
    const exported = JSON.stringify({ deployment: { resources } });

    expect(appliedIncident(inFile)).to.deep.equal(expected);
    expect(appliedIncident(exported)).to.deep.equal(expected);
  });

  it("finds nothing in a stack without resources", () => {
    expect(appliedIncident('{"checkpoint":{"latest":{}}}')).to.deep.equal({
      routing: noRouting,
      jobs: [],
    });
  });
});

describe("liveIncident", () => {
  it("counts ready endpoints of payment alone, and a missing condition as ready", () => {
    const slice = (service: string, endpoints: object[]) => ({
      kind: "EndpointSlice",
      metadata: { name: service, labels: { "kubernetes.io/service-name": service } },
      endpoints,
    });
    const ready = { conditions: { ready: true } };
    const unready = { conditions: { ready: false } };
    const items = [slice("payment", [ready, unready, {}]), slice("carts", [ready])];

    expect(liveIncident(JSON.stringify({ items })).readyEndpoints).to.equal(2);
  });

  it("counts one pod for a Deployment that names no number, as the API does", () => {
    const items = [{ kind: "Deployment", metadata: { name: "payment" }, spec: {}, status: {} }];

    expect(liveIncident(JSON.stringify({ items })).payment).to.deep.equal({
      desired: 1,
      available: 0,
    });
  });

  it("tells a Job's states apart", () => {
    expect(
      jobStates(
        job([]),
        job([], 1),
        job([{ type: "Complete", status: "True" }]),
        job([{ type: "Failed", status: "True" }]),
        job([{ type: "Complete", status: "False" }], 1),
      ),
    ).to.deep.equal(["starting", "running", "finished", "failed", "running"]);
  });
});

describe("drift", () => {
  it("is empty when what runs is what was declared", () => {
    expect(describeDrift(applied, live)).to.deep.equal([]);
  });

  it("names a scaling, a deleted Deployment and a deleted Job", () => {
    const scaled = { ...live, payment: { desired: 2, available: 0 } };
    const emptied = { readyEndpoints: 0, routing: noRouting, jobs: [] };

    expect(describeDrift(applied, scaled)).to.deep.equal([
      "payment is scaled to 2, the stack declares 0",
    ]);
    expect(describeDrift(applied, emptied)).to.deep.equal([
      "payment is deleted, but the stack declares it",
      "job load is deleted, but the stack declares it",
    ]);
  });

  it("does not take pods that are still starting for a change by hand", () => {
    const starting = { ...live, payment: { desired: 1, available: 0 } };

    expect(describeDrift({ ...applied, paymentReplicas: 1 }, starting)).to.deep.equal([]);
  });
});

describe("disagreements", () => {
  it("are none when flag, state and cluster agree", () => {
    expect(disagreements("payment-down", applied, live)).to.deep.equal([]);
  });

  it("name a flag that was not applied, pods that are missing and a silent cluster", () => {
    const starting = { ...live, payment: { desired: 1, available: 0 } };

    expect(disagreements("none", applied, live)).to.deep.equal([
      "the flag says none, applied is payment-down",
    ]);
    expect(
      disagreements("payment-down", { ...applied, paymentReplicas: 1 }, starting),
    ).to.deep.equal(["payment has 0 of 1 pods available"]);
    expect(disagreements("payment-down", applied, undefined)).to.deep.equal([
      "the cluster does not answer",
    ]);
  });
});
