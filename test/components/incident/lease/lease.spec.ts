import { expect } from "chai";
import {
  leaseBindingArgs,
  leasePolicyArgs,
  leaseRoleArgs,
} from "../../../../components/incident/lease/access.ts";
import {
  leaseArgs,
  leaseConfigArgs,
  type LeaseGuard,
} from "../../../../components/incident/lease/manifests.ts";
import { defaultDenyPolicy } from "../../../../components/shop/manifests/network-policy.ts";
import { unknownToKubernetes } from "../../../support/kubernetes/kubernetes-schema.ts";
import { connects } from "../../../support/kubernetes/network.ts";
import { hardeningProblems } from "../../../support/kubernetes/pod-security.ts";
import { stackGraph } from "../../../../simulation/declared/stack-graph.ts";

const place = { namespace: "socks", env: "test", image: "locustio/locust:2.47.0", program: "pass" };
const down: LeaseGuard = {
  ...place,
  plan: { name: "payment-down-lease", lasts: "2h", replicas: { payment: 3 }, direct: [] },
};
const slow: LeaseGuard = {
  ...place,
  plan: { name: "shipping-slow-lease", lasts: "30m", replicas: {}, direct: ["shipping"] },
};

const podOf = (guard: LeaseGuard) => leaseArgs(guard).spec.template.spec;
const toldOf = (guard: LeaseGuard) =>
  JSON.parse(leaseConfigArgs(guard).data["lease.json"]) as unknown;

describe("the guard's objects", () => {
  it("have only fields that Kubernetes knows", () => {
    for (const guard of [down, slow]) {
      expect(unknownToKubernetes(leaseArgs(guard), "V1Deployment")).to.deep.equal([]);
      expect(unknownToKubernetes(leaseConfigArgs(guard), "V1ConfigMap")).to.deep.equal([]);
      expect(unknownToKubernetes(leaseRoleArgs(guard), "V1Role")).to.deep.equal([]);
      expect(unknownToKubernetes(leaseBindingArgs(guard), "V1RoleBinding")).to.deep.equal([]);
      expect(unknownToKubernetes(leasePolicyArgs(guard), "V1NetworkPolicy")).to.deep.equal([]);
    }
  });

  it("tell it what to put back, and nothing else", () => {
    expect(toldOf(down)).to.deep.equal({
      namespace: "socks",
      name: "payment-down-lease",
      replicas: { payment: 3 },
      selectors: {},
    });
    expect(toldOf(slow)).to.deep.equal({
      namespace: "socks",
      name: "shipping-slow-lease",
      replicas: {},
      selectors: { shipping: { name: "shipping" } },
    });
  });

  it("let it read itself, and change what it puts back, each by its name", () => {
    const itself = (name: string) => ({
      apiGroups: ["apps"],
      resources: ["deployments"],
      resourceNames: [name],
      verbs: ["get"],
    });
    const verbs = ["get", "patch"];

    expect(leaseRoleArgs(down).rules).to.deep.equal([
      itself("payment-down-lease"),
      {
        apiGroups: ["apps"],
        resources: ["deployments/scale"],
        resourceNames: ["payment"],
        verbs,
      },
    ]);
    expect(leaseRoleArgs(slow).rules).to.deep.equal([
      itself("shipping-slow-lease"),
      { apiGroups: [""], resources: ["services"], resourceNames: ["shipping"], verbs },
    ]);
  });

  it("give the role to its own account alone", () => {
    const { roleRef, subjects } = leaseBindingArgs(down);

    expect(roleRef).to.deep.include({ kind: "Role", name: "payment-down-lease" });
    expect(subjects).to.deep.equal([
      { kind: "ServiceAccount", name: "payment-down-lease", namespace: "socks" },
    ]);
    expect(podOf(down).serviceAccountName).to.equal("payment-down-lease");
  });

  it("are a pod of the restricted level, which gets its token on purpose", () => {
    expect(hardeningProblems(podOf(down))).to.deep.equal(["gets a token"]);
  });

  it("open the way to the API server, and to no pod of the shop", () => {
    const policies = [defaultDenyPolicy("socks"), leasePolicyArgs(down)];
    const from = leaseArgs(down).spec.template.metadata;
    const payment = { labels: { name: "payment" } };

    expect(connects(policies, { from, to: {}, port: 443 })).to.equal(true);
    expect(connects(policies, { from, to: {}, port: 6443 })).to.equal(true);
    expect(connects(policies, { from, to: {}, port: 80 })).to.equal(false);
    expect(connects(policies, { from, to: payment, port: 80 })).to.equal(false);
    expect(connects(policies, { from: payment, to: from, port: 443 })).to.equal(false);
  });

  it("begin another pod when the program or its task changes, but not when the lease does", () => {
    const templateOf = (guard: LeaseGuard) => leaseArgs(guard).spec.template;

    expect(templateOf({ ...down, program: "pass # 2" })).to.not.deep.equal(templateOf(down));
    const more = { ...down, plan: { ...down.plan, replicas: { payment: 4 } } };
    expect(templateOf(more)).to.not.deep.equal(templateOf(down));
    const longer: LeaseGuard = { ...down, plan: { ...down.plan, lasts: "3h" } };
    expect(templateOf(longer)).to.deep.equal(templateOf(down));
    expect(leaseArgs(longer).metadata.annotations).to.include({ "sock-shop/lease": "3h" });
  });
});

describe("the stack's lease", () => {
  it("puts back what is configured", async () => {
    const { resources } = await stackGraph({
      "sock-shop:incident": "payment-down",
      "sock-shop:paymentReplicas": "4",
      "sock-shop:incidentLease": "45m",
    });

    const named = (type: string) =>
      resources.find((one) => one.type === type && one.name === "payment-down-lease")?.inputs;
    const file = named("kubernetes:core/v1:ConfigMap") as {
      readonly data: { readonly "lease.json": string; readonly "lease.py": string };
    };
    expect(JSON.parse(file.data["lease.json"])).to.deep.include({ replicas: { payment: 4 } });
    expect(file.data["lease.py"]).to.match(/^"""The guard of a staged incident/);
    expect(named("kubernetes:apps/v1:Deployment")).to.have.nested.property(
      "metadata.annotations.sock-shop/lease",
      "45m",
    );
  });
});
