import { expect } from "chai";
import { FaultProxy } from "../../../../components/incident/fault-proxy/fault-proxy.ts";
import {
  directServiceArgs,
  faultText,
  proxyArgs,
  proxyConfigArgs,
  type Proxy,
} from "../../../../components/incident/fault-proxy/manifests.ts";
import { proxyPolicies } from "../../../../components/incident/fault-proxy/network-policies.ts";
import {
  defaultDenyPolicy,
  workloadPolicy,
} from "../../../../components/shop/manifests/network-policy.ts";
import { serviceArgs } from "../../../../components/shop/manifests/service.ts";
import { unknownToKubernetes } from "../../../support/kubernetes/kubernetes-schema.ts";
import { connects, type Policy } from "../../../support/kubernetes/network.ts";
import { hardeningProblems } from "../../../support/kubernetes/pod-security.ts";
import { graphOf } from "../../../../simulation/declared/resource-graph.ts";
import { imageSetNames, shopWorkloads } from "../../../support/kubernetes/workloads.ts";

const backends = { payment: "payment-proxy" };
const plan = {
  name: "payment-proxy",
  target: "payment",
  path: "/paymentAuth",
  fault: { delaySeconds: 8 },
  percentage: 50,
} as const;

function proxyIn(set: (typeof imageSetNames)[number] = "weave"): Proxy {
  const all = shopWorkloads({ backends, images: { set, overrides: {} } });
  const named = (name: string) => all.filter(({ spec }) => spec.name === name);
  const [target] = named("payment");
  if (!target) throw new Error("no payment");
  return { plan, image: "envoyproxy/envoy:v1.40.0", target, callers: named("orders") };
}

const proxy = proxyIn();
const podOf = (of: Proxy) => proxyArgs(of).spec.template.spec;

describe("the proxy's objects", () => {
  it("have only fields that Kubernetes knows", () => {
    expect(unknownToKubernetes(proxyArgs(proxy), "V1Deployment")).to.deep.equal([]);
    expect(unknownToKubernetes(proxyConfigArgs(proxy), "V1ConfigMap")).to.deep.equal([]);
    expect(unknownToKubernetes(directServiceArgs(proxy), "V1Service")).to.deep.equal([]);
    for (const policy of Object.values(proxyPolicies(proxy))) {
      expect(unknownToKubernetes(policy, "V1NetworkPolicy")).to.deep.equal([]);
    }
  });

  it("are a pod that the restricted Pod Security level admits, without any capability", () => {
    expect(hardeningProblems(podOf(proxy))).to.deep.equal([]);
    expect(podOf(proxy).securityContext.runAsUser).to.equal(101);
    expect(podOf(proxy).containers[0]?.securityContext.capabilities).to.deep.equal({
      drop: ["ALL"],
    });
  });

  it("mount what they configure where the command reads it", () => {
    const [container] = podOf(proxy).containers;

    expect(container?.args.slice(0, 2)).to.deep.equal(["--config-path", "/etc/envoy/envoy.yaml"]);
    expect(container?.volumeMounts.map(({ mountPath }) => mountPath)).to.deep.equal(["/etc/envoy"]);
    expect(Object.keys(proxyConfigArgs(proxy).data)).to.deep.equal(["envoy.yaml"]);
  });

  it("say for people what goes wrong", () => {
    expect(faultText(plan)).to.equal("8s delay for 50 % of POST /paymentAuth");
    expect(faultText({ ...plan, fault: { status: 503 } })).to.equal(
      "status 503 for 50 % of POST /paymentAuth",
    );
    expect(proxyArgs(proxy).metadata.annotations).to.include({
      "sock-shop/fault": "8s delay for 50 % of POST /paymentAuth",
    });
  });

  it("make new pods when the fault changes", () => {
    const other = { ...proxy, plan: { ...plan, percentage: 51 } };

    expect(proxyArgs(other).spec.template).to.not.deep.equal(proxyArgs(proxy).spec.template);
  });

  it("carry Datadog's unified tags", () => {
    expect(proxyArgs(proxy).spec.template.metadata.labels).to.include({
      "tags.datadoghq.com/env": "test",
      "tags.datadoghq.com/service": "sock-shop-payment-proxy",
      "tags.datadoghq.com/version": "v1.40.0",
    });
  });
});

for (const set of imageSetNames) {
  describe(`the proxy among the images of ${set}`, () => {
    const placed = proxyIn(set);

    it("is what payment's Service selects, on a port of that name", () => {
      const { selector, ports } = serviceArgs(placed.target).spec;
      const { labels } = proxyArgs(placed).spec.template.metadata;
      const [container] = podOf(placed).containers;

      expect(labels).to.include(selector);
      expect(container?.ports.map(({ name }) => name)).to.include(ports[0]?.targetPort);
    });

    it("changes nothing but the selector of payment's Service", () => {
      const before = serviceArgs({ ...placed.target, backend: "payment" });

      expect(serviceArgs(placed.target)).to.deep.equal({
        ...before,
        spec: { ...before.spec, selector: { name: "payment-proxy" } },
      });
    });

    it("reaches the real pods by a Service of its own", () => {
      const direct = directServiceArgs(placed);

      expect(direct.metadata.name).to.equal("payment-direct");
      expect(direct.spec.selector).to.deep.equal({ name: "payment" });
      expect(proxyConfigArgs(placed).data["envoy.yaml"]).to.contain(
        "address: payment-direct.sock-shop.svc.cluster.local",
      );
    });

    it("is open to orders alone, and opens payment to itself alone", () => {
      const all = shopWorkloads({ backends, images: { set, overrides: {} } });
      const policies = [
        defaultDenyPolicy("sock-shop"),
        ...all.map((workload) => workloadPolicy(workload, all)),
        ...Object.values(proxyPolicies(placed)),
      ] as Policy[];
      const names = [...all.map(({ spec }) => spec.name as string), "payment-proxy", "stranger"];
      const reaching = (to: string, port: number) =>
        names.filter((from) =>
          connects(policies, {
            from: { labels: { name: from } },
            to: { labels: { name: to } },
            port,
          }),
        );

      expect(reaching("payment-proxy", 8080)).to.deep.equal(["orders"]);
      expect(reaching("payment-proxy", 8081)).to.deep.equal([]);
      expect(reaching("payment", placed.target.container.port)).to.deep.equal([
        "orders",
        "payment-proxy",
      ]);
      expect(reaching("shipping", placed.target.container.port)).to.deep.equal(["orders"]);
    });
  });
}

describe("FaultProxy", () => {
  it("refuses a service that the shop does not have", async () => {
    const allWorkloads = shopWorkloads().filter(({ spec }) => spec.name !== "payment");
    const image = "envoyproxy/envoy:v1.40.0";

    const error = await graphOf(
      () => new FaultProxy("x", { proxy: plan, image, allWorkloads }),
    ).then(
      () => undefined,
      (thrown: unknown) => thrown as Error,
    );

    expect(error?.message).to.equal("no workload payment to put a proxy in front of");
  });
});
