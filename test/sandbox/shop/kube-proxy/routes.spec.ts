import { expect } from "chai";
import { routesOf, serviceOfName, shouldRun } from "../../../../sandbox/shop/kube-proxy/routes.ts";
import { podOf, serviceOf, sliceOf } from "../../kube/objects.ts";

const listening = { ports: new Map([[8080, 40_001]]), ready: true };

describe("the route of a Service", () => {
  const payment = serviceOf("payment");
  const backends = (local: object, slice = sliceOf({ service: "payment", uids: ["a"] })) =>
    routesOf([payment], [slice], new Map([["a", { ...listening, ...local }]]))[0]?.backends;

  it("leads to the ready pods that listen on its target port", () => {
    expect(backends({})).to.deep.equal([{ host: "127.0.0.1", port: 40_001 }]);
  });

  it("leads nowhere while the pod is not ready here or in the cluster", () => {
    expect(backends({ ready: false })).to.deep.equal([]);
    expect(backends({ ports: new Map() })).to.deep.equal([]);
    expect(backends({}, sliceOf({ service: "payment", uids: ["a"], ready: false }))).to.deep.equal(
      [],
    );
  });

  it("leads nowhere when the program listens on another port than the Service names", () => {
    expect(backends({ ports: new Map([[80, 40_001]]) })).to.deep.equal([]);
  });

  it("leads nowhere when its endpoints are pods that do not run here", () => {
    expect(backends({}, sliceOf({ service: "payment", uids: ["b"] }))).to.deep.equal([]);
  });

  it("follows the endpoints of its own slices only", () => {
    const slices = [sliceOf({ service: "shipping", uids: ["a"] })];

    expect(routesOf([payment], slices, new Map([["a", listening]]))).to.deep.equal([
      { service: "payment", port: 80, backends: [] },
    ]);
  });
});

describe("a pod's program", () => {
  for (const [what, change, runs] of [
    ["runs once the pod is on a node", {}, true],
    ["does not run before", { spec: { containers: [] } }, false],
    ["ends with the pod's removal", { metadata: { deletionTimestamp: new Date(0) } }, false],
    ["does not run again once the pod is over", { status: { phase: "Succeeded" } }, false],
  ] as const) {
    it(what, () => {
      const pod = podOf("payment", "a", change);

      expect(shouldRun(pod)).to.equal(runs);
    });
  }
});

describe("a name in the cluster", () => {
  for (const [name, service] of [
    ["payment", "payment"],
    ["payment.shop", "payment"],
    ["payment.shop.svc.cluster.local", "payment"],
    ["payment.other", undefined],
    ["example.com", undefined],
  ] as const) {
    it(`${name} means ${service ?? "no Service"}`, () => {
      expect(serviceOfName(name, "shop")).to.equal(service);
    });
  }
});
