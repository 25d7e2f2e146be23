import { expect } from "chai";
import { workloadLabels } from "../../../../components/shop/manifests/labels.ts";
import {
  customerLabel,
  customerPolicy,
  defaultDenyPolicy,
  workloadPolicy,
} from "../../../../components/shop/manifests/network-policy.ts";
import { connects, type Policy } from "../../../support/kubernetes/network.ts";
import { imageSetNames, shopWorkloads } from "../../../support/kubernetes/workloads.ts";

// Who calls whom, written down apart from the catalogue: the sequence of an order, the front-end's
// routes, and each service's own store.
const callGraph = [
  "carts carts-db",
  "catalogue catalogue-db",
  "front-end carts",
  "front-end catalogue",
  "front-end orders",
  "front-end session-db",
  "front-end user",
  "orders carts",
  "orders orders-db",
  "orders payment",
  "orders shipping",
  "orders user",
  "queue-master rabbitmq",
  "shipping rabbitmq",
  "user user-db",
];

const browser = {};
const customer = { labels: customerLabel };
const stranger = { labels: { name: "stranger" } };

for (const set of imageSetNames) {
  describe(`the network policies of the image set ${set}`, () => {
    const all = shopWorkloads({ images: { set, overrides: {} } });
    const policies: Policy[] = [
      defaultDenyPolicy("sock-shop"),
      ...all.map((workload) => workloadPolicy(workload, all)),
      ...all.filter(({ spec }) => spec.tier === "web").map(customerPolicy),
    ];
    const pods = all.map((workload) => ({
      name: workload.spec.name,
      labels: workloadLabels(workload),
      port: workload.container.port,
    }));
    const reachable = (from: { readonly labels?: Readonly<Record<string, string>> }) =>
      pods.filter((to) => connects(policies, { from, to, port: to.port })).map(({ name }) => name);

    it("allow exactly the call graph", () => {
      const allowed = pods.flatMap((from) => reachable(from).map((to) => `${from.name} ${to}`));

      expect(allowed.sort()).to.deep.equal(callGraph);
    });

    it("close every port but the one a service listens on", () => {
      const payment = pods.find(({ name }) => name === "payment");
      const orders = pods.find(({ name }) => name === "orders");
      const tryPort = (port: number) =>
        connects(policies, { from: { ...orders }, to: { ...payment }, port });

      expect(tryPort(payment?.port ?? 0)).to.equal(true);
      expect(tryPort(9999)).to.equal(false);
    });

    it("let browsers and the load reach the front-end and nothing behind it", () => {
      expect(reachable(browser)).to.deep.equal(["front-end"]);
      expect(reachable(customer)).to.deep.equal(["front-end"]);
    });

    it("let no other pod of the namespace reach anything", () => {
      expect(reachable(stranger)).to.deep.equal([]);
    });
  });
}

describe("the default policy", () => {
  it("lets every pod ask the cluster's DNS, and nothing else", () => {
    expect(defaultDenyPolicy("shop").spec).to.deep.equal({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
              podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
      ],
    });
  });
});
