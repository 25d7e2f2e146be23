import { expect } from "chai";
import { UNKNOWN } from "../../policies/values.ts";
import type { Resource, Stack } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { evaluateAll } from "../../policies/evaluate.ts";
import { judgedStack } from "../support/policies/judged-stack.ts";
import { problems } from "../support/problems.ts";
import { changed, resource } from "../support/policies/rule-case.ts";

const on = "Deployment payment";
const pod = ["spec", "template", "spec"] as const;
const container = [...pod, "containers", 0] as const;

describe("what the rules see of a workload", () => {
  let stack: Stack;
  let payment: Resource;

  before(async () => {
    stack = await judgedStack("sandbox", "none");
    const found = stack.resources.find(
      ({ type, name }) => type.endsWith(":Deployment") && name === "payment",
    );
    if (found === undefined) throw new Error("no payment");
    payment = found;
  });

  const judged = (rule: string, path: readonly (string | number)[], to: unknown) =>
    problems(rule, changed({ ...stack, resources: [payment] }, { on, path, to }));

  it("takes null and zero for no limit", () => {
    const limits = (to: unknown) => judged("resource-limits", [...container, "resources"], to);
    const of = (cpu: unknown, memory: unknown) => {
      const both = { cpu, memory };
      return { requests: both, limits: both };
    };
    const none = [
      "payment: container payment has no requests.cpu, requests.memory, limits.cpu, limits.memory.",
    ];

    expect(limits(of(null, null))).to.deep.equal(none);
    expect(limits(of("0", 0))).to.deep.equal(none);
    expect(limits(of("0m", "0.0Mi"))).to.deep.equal(none);
    expect(limits(of("", ""))).to.deep.equal(none);
    expect(limits(of("0.1", "10Mi"))).to.deep.equal([]);
    expect(limits(of(1, 1e6))).to.deep.equal([]);
  });

  it("takes null and an empty probe for no probe", () => {
    for (const probe of [null, {}]) {
      expect(judged("probes", [...container, "livenessProbe"], probe)).to.deep.equal([
        "payment: container payment has no livenessProbe.",
      ]);
    }
  });

  it("includes containers that initialise and then stay", () => {
    const helper = (restartPolicy?: string) => [{ name: "helper", restartPolicy }];

    expect(judged("probes", [...pod, "initContainers"], helper("Always"))).to.deep.equal([
      "payment: container helper has no readinessProbe.",
      "payment: container helper has no livenessProbe.",
    ]);
    expect(judged("probes", [...pod, "initContainers"], helper())).to.deep.equal([]);
  });

  it("includes a token that a volume mounts", () => {
    const volumes = (account: string) => {
      const sources = [{ configMap: { name: "ca" } }, { serviceAccountToken: { path: "token" } }];
      const asked = { serviceAccountName: account, automountServiceAccountToken: false };
      return judged("no-default-token", pod, {
        ...asked,
        volumes: [{ name: "token", projected: { sources } }],
      });
    };

    expect(volumes("default")).to.deep.equal([
      "payment: a volume mounts the default account's token.",
    ]);
    expect(volumes("payment")).to.deep.equal([]);
  });

  it("includes capabilities beside unknown ones", () => {
    const capabilities = (field: string, to: readonly unknown[]) =>
      judged("drop-capabilities", [...container, "securityContext", "capabilities", field], to);
    const path = "securityContext.capabilities";

    expect(capabilities("drop", [UNKNOWN])).to.deep.equal([
      `payment: undecided: ${path}.drop.0 is not known before the update.`,
    ]);
    expect(capabilities("drop", [UNKNOWN, "ALL"])).to.deep.equal([]);
    expect(capabilities("add", [UNKNOWN, "SYS_ADMIN"])).to.deep.equal([
      `payment: undecided: ${path}.add.0 is not known before the update.`,
      "payment: container payment adds SYS_ADMIN.",
    ]);
  });

  it("includes containers beside an unknown one", () => {
    const containers = [UNKNOWN, { name: "shop", image: "shop:latest" }];

    expect(judged("pinned-images", [...pod, "containers"], containers)).to.deep.equal([
      "payment: undecided: a value is not known before the update.",
      "payment: container shop runs shop:latest.",
    ]);
  });

  it("includes replication controllers, which are as good as bare pods", () => {
    const controller = {
      ...payment,
      type: "kubernetes:core/v1:ReplicationController",
      name: "old",
    };
    const privileged = changed(
      { ...stack, resources: [controller] },
      { on: "ReplicationController old", path: [...pod, "hostNetwork"], to: true },
    );

    const found = evaluateAll(rules, privileged).map(({ rule }) => rule);

    expect(found).to.include.members(["no-bare-pods", "no-host-access"]);
  });
});

describe("access to nodes", () => {
  const volumes = [{ name: "root", hostPath: { path: "/" } }];

  const access = (type: string, metadata: object, spec: object) =>
    problems("no-host-access", {
      name: "sandbox",
      resources: [resource(type, "thing", { metadata, spec })],
    });
  const agent = (type: string, name: string, namespace: string) =>
    access(type, { name, namespace }, { template: { spec: { volumes } } });

  it("is the agent's alone: on every node, by its name, in its namespace", () => {
    const refused = ["thing: volume root is a path of the node."];

    expect(agent("kubernetes:apps/v1:DaemonSet", "datadog", "datadog")).to.deep.equal([]);
    expect(agent("kubernetes:apps/v1:Deployment", "datadog", "datadog")).to.deep.equal(refused);
    expect(agent("kubernetes:apps/v1:DaemonSet", "datadog", "sock-shop")).to.deep.equal(refused);
    expect(agent("kubernetes:apps/v1:DaemonSet", "other", "datadog")).to.deep.equal(refused);
  });

  it("is not had by a persistent volume either", () => {
    const volume = (spec: object) => access("kubernetes:core/v1:PersistentVolume", {}, spec);

    expect(volume({ hostPath: { path: "/" } })).to.deep.equal(["thing: it is a path of the node."]);
    expect(volume({ local: { path: "/mnt" } })).to.have.length(1);
    expect(volume({ csi: { driver: "disk" } })).to.deep.equal([]);
  });
});

describe("types that no rule reads", () => {
  const refused = (type: string, config: object = {}) =>
    problems("readable-types", { name: "sandbox", resources: [resource(type, "x", {})] }, config);

  it("are refused: whole objects in another form, and parts and lists of objects", () => {
    expect(refused("datadog:index/monitorJson:MonitorJson")).to.deep.equal([
      "x: it is a MonitorJson, which no rule reads.",
    ]);
    expect(refused("datadog:index/dashboard:Dashboard")).to.have.length(1);
    expect(refused("datadog:index/dashboardV2:DashboardV2")).to.have.length(1);
    expect(
      refused("kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBindingPatch"),
    ).to.have.length(1);
    expect(refused("kubernetes:apps/v1:DeploymentList")).to.have.length(1);
  });

  it("are refused no longer where the settings allow them, and no others are", () => {
    const namespace = "kubernetes:core/v1:NamespacePatch";

    expect(refused(namespace)).to.have.length(1);
    expect(refused(namespace, { allowed: ["NamespacePatch"] })).to.deep.equal([]);
    expect(refused("datadog:index/monitor:Monitor")).to.deep.equal([]);
    expect(refused("datadog:index/dashboardList:DashboardList")).to.deep.equal([]);
    expect(refused("other:index/dashboard:Dashboard")).to.deep.equal([]);
  });
});
