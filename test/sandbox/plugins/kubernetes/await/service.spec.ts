import { expect } from "chai";
import type { PropertyMap } from "../../../../../sandbox/plugins/grpc/property-value.ts";
import { serviceRule } from "../../../../../sandbox/plugins/kubernetes/await/service.ts";
import { ownedBy, pod, viewOf } from "../objects.ts";

const judge = (...objects: Parameters<typeof viewOf>) => serviceRule.judge(viewOf(...objects));

function service(spec: PropertyMap = {}) {
  return {
    kind: "Service",
    metadata: { name: "payment", namespace: "sock-shop", uid: "service" },
    spec: { clusterIP: "10.0.0.1", selector: { name: "payment" }, ...spec },
  };
}

function slice(...endpoints: readonly PropertyMap[]) {
  return { kind: "EndpointSlice", metadata: { name: "s", ...ownedBy("service") }, endpoints };
}

const endpoint = (uid: string, conditions: PropertyMap) => ({ conditions, targetRef: { uid } });
const running = (name: string) => pod(name, { phase: "Running", podIP: "10.1.0.1" });

describe("awaiting a Service", () => {
  it("waits until the endpoint controller has seen it", () => {
    expect(judge(service()).state).to.equal("pending");
  });

  it("is done without any pod: an app scaled to 0 is no failure", () => {
    expect(judge(service(), slice()).state).to.equal("done");
  });

  it("is done when all its pods serve", () => {
    const ready = slice(endpoint("a", { ready: true }));

    expect(judge(service(), ready, running("a")).state).to.equal("done");
  });

  it("waits for a pod that is an endpoint but not ready", () => {
    const unready = slice(endpoint("a", { ready: false }));

    expect(judge(service(), unready, running("a")).message).to.equal(
      "[1/3] Waiting for Pods to accept traffic (1 not ready)",
    );
  });

  it("waits for a pod that is no endpoint yet", () => {
    expect(judge(service(), slice(), running("a")).state).to.equal("pending");
  });

  it("waits for an endpoint whose pod is gone", () => {
    const old = slice(endpoint("gone", { ready: true }));

    expect(judge(service(), old).state).to.equal("pending");
  });

  it("waits for endpoints of the new selector after a change", () => {
    const old = slice(endpoint("a", { ready: true }));
    const proxy = service({ selector: { name: "proxy" } });

    expect(judge(proxy, old, running("a")).state).to.equal("pending");
  });

  it("does not count endpoints and pods that are ending", () => {
    const ending = pod("a", { podIP: "1" }, { deletionTimestamp: "2026-01-01T00:00:00Z" });

    const result = judge(
      service(),
      slice(endpoint("a", { ready: false, terminating: true })),
      ending,
    );

    expect(result.state).to.equal("done");
  });

  it("does not wait for a pod without an address, which may never get one", () => {
    expect(judge(service(), slice(), pod("a", { phase: "Pending" })).state).to.equal("done");
  });

  const readyAsSuch: readonly [string, PropertyMap][] = [
    ["headless", { clusterIP: "None" }],
    ["external", { type: "ExternalName", clusterIP: "" }],
    ["selector-less", { selector: {} }],
  ];
  for (const [name, spec] of readyAsSuch) {
    it(`takes a ${name} one as it is`, () => {
      expect(judge(service(spec)).state).to.equal("done");
    });
  }

  it("waits for the address of a load balancer", () => {
    const balanced = service({ type: "LoadBalancer" });
    const status = { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } };

    expect(judge(balanced, slice()).message).to.equal(
      "[2/3] Attempting to allocate IP address to Service",
    );
    expect(judge({ ...balanced, status }, slice()).state).to.equal("done");
  });

  it("passes at the time-out without an endpoint controller, but not with unready pods", () => {
    const passes = (...objects: Parameters<typeof viewOf>) =>
      serviceRule.passesAtTimeout?.(viewOf(...objects));

    expect(passes(service())).to.equal(true);
    expect(passes(service(), slice(endpoint("a", { ready: false })))).to.equal(false);
  });
});
