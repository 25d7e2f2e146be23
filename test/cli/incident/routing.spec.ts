import { expect } from "chai";
import {
  redirectedServices,
  liveRedirections,
  missingProxyPods,
  routingDrift,
  routingOf,
} from "../../../cli/incident/routing.ts";
import type { Manifest } from "../../../cli/pulumi/state-file.ts";
import {
  appliedIncident,
  disagreements,
  liveIncident,
} from "../../../cli/incident/incident-state.ts";

const service = (name: string, pods: string): Manifest => ({
  metadata: { name },
  spec: { selector: { name: pods } },
});
const deployment = (name: string): Manifest => ({ metadata: { name }, spec: { replicas: 1 } });
const proxy = (replicas: number, available: number, delay = 8): Manifest => ({
  metadata: {
    name: "payment-proxy",
    annotations: { "sock-shop/fault": `${delay}s delay for 50 % of POST /paymentAuth` },
  },
  spec: { replicas },
  status: { availableReplicas: available },
});
const shop = [deployment("payment"), deployment("orders")];
const direct = service("payment-direct", "payment");
const slow = routingOf(
  [service("payment", "payment-proxy"), service("orders", "orders"), direct],
  [...shop, proxy(1, 1)],
);
const healthy = routingOf([service("payment", "payment"), service("orders", "orders")], shop);

describe("the routing", () => {
  it("is that of Services with a Deployment of their own name, not of the way past the proxy", () => {
    expect(slow.routes).to.deep.equal([
      { service: "payment", pods: "payment-proxy" },
      { service: "orders", pods: "orders" },
    ]);
    expect(slow.proxies.map(({ name }) => name)).to.deep.equal(["payment-proxy"]);
  });

  it("says in words what leads elsewhere, and nothing in a healthy shop", () => {
    expect(redirectedServices(slow)).to.deep.equal([
      "payment behind payment-proxy (8s delay for 50 % of POST /paymentAuth)",
    ]);
    expect(liveRedirections(slow)).to.deep.equal([
      "payment behind payment-proxy 1/1 (8s delay for 50 % of POST /paymentAuth)",
    ]);
    expect(redirectedServices(healthy)).to.deep.equal([]);
    expect(liveRedirections(healthy)).to.deep.equal([]);
  });

  it("says that a Service leads to a proxy that is not there", () => {
    const broken = routingOf([service("payment", "payment-proxy")], shop);

    expect(liveRedirections(broken)).to.deep.equal([
      "payment behind payment-proxy, which is not there",
    ]);
  });
});

describe("routingDrift", () => {
  it("is empty when what runs is what was declared", () => {
    expect(routingDrift(slow, slow)).to.deep.equal([]);
    expect(routingDrift(healthy, healthy)).to.deep.equal([]);
  });

  it("names a Service that leads elsewhere, in both directions, and one that is gone", () => {
    const moved = { ...slow, routes: healthy.routes };
    const away = { ...healthy, routes: slow.routes };

    expect(routingDrift(slow, moved)).to.deep.equal([
      "Service payment leads to payment, the stack declares payment-proxy",
    ]);
    expect(routingDrift(healthy, away)).to.deep.equal([
      "Service payment leads to payment-proxy, the stack declares payment",
    ]);
    expect(routingDrift(healthy, { ...healthy, routes: healthy.routes.slice(1) })).to.deep.equal([
      "Service payment is deleted, but the stack declares it",
    ]);
  });

  it("names a proxy that is scaled, changed or gone, and not one that is starting", () => {
    const withProxy = (manifest: Manifest) => ({
      ...slow,
      proxies: routingOf([], [manifest]).proxies,
    });

    expect(routingDrift(slow, withProxy(proxy(0, 0)))).to.deep.equal([
      "payment-proxy is scaled to 0, the stack declares 1",
    ]);
    expect(routingDrift(slow, withProxy(proxy(1, 1, 9)))).to.deep.equal([
      "payment-proxy has 9s delay for 50 % of POST /paymentAuth, " +
        "the stack declares 8s delay for 50 % of POST /paymentAuth",
    ]);
    expect(routingDrift(slow, { ...slow, proxies: [] })).to.deep.equal([
      "payment-proxy is deleted, but the stack declares it",
    ]);
    expect(routingDrift(slow, withProxy(proxy(1, 0)))).to.deep.equal([]);
    expect(missingProxyPods(slow, withProxy(proxy(1, 0)))).to.deep.equal([
      "payment-proxy has 0 of 1 pods available",
    ]);
    expect(missingProxyPods(slow, slow)).to.deep.equal([]);
  });
});

describe("the views of a state with a proxy", () => {
  const resources = [
    { type: "pulumi:pulumi:Stack", outputs: { incident: "payment-slow", namespace: "shop" } },
    { type: "kubernetes:apps/v1:Deployment", inputs: deployment("payment") },
    { type: "kubernetes:apps/v1:Deployment", inputs: proxy(1, 0) },
    { type: "kubernetes:core/v1:Service", inputs: service("payment", "payment-proxy") },
  ];
  const applied = appliedIncident(JSON.stringify({ deployment: { resources } }));
  const liveOf = (selected: string) =>
    liveIncident(
      JSON.stringify({
        items: [
          { kind: "Deployment", ...deployment("payment"), status: { availableReplicas: 1 } },
          { kind: "Deployment", ...proxy(1, 1) },
          { kind: "Service", ...service("payment", selected) },
        ],
      }),
    );

  it("agree when Service and proxy are as declared", () => {
    expect(disagreements("payment-slow", applied, liveOf("payment-proxy"))).to.deep.equal([]);
  });

  it("disagree when somebody sends the callers back to payment", () => {
    expect(disagreements("payment-slow", applied, liveOf("payment"))).to.deep.equal([
      "Service payment leads to payment, the stack declares payment-proxy",
    ]);
  });
});
