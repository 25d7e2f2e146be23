import { expect } from "chai";
import type { PropertyMap } from "../../../../../sandbox/plugins/grpc/property-value.ts";
import {
  ruleFor,
  ruleForRead,
  skipsAwaitOfDelete,
} from "../../../../../sandbox/plugins/kubernetes/await/rules.ts";
import { waitForRule } from "../../../../../sandbox/plugins/kubernetes/await/wait-for.ts";
import { ownedBy, pod, viewOf } from "../objects.ts";

const PLAIN = { skipAwait: false, waitFor: undefined };

interface Case {
  readonly name: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly object: PropertyMap;
  readonly others?: readonly PropertyMap[];
  readonly state: string;
}

const condition = (type: string, reason = "", message = "") => ({
  status: { conditions: [{ type, status: "True", reason, message }] },
});
const job = { apiVersion: "batch/v1", kind: "Job" };
const claim = { apiVersion: "v1", kind: "PersistentVolumeClaim" };
const late = {
  kind: "StorageClass",
  metadata: { name: "s" },
  volumeBindingMode: "WaitForFirstConsumer",
};
const soon = { ...late, volumeBindingMode: "Immediate" };
const unbound = { spec: { storageClassName: "s" }, status: { phase: "Pending" } };
const statefulSet = { apiVersion: "apps/v1", kind: "StatefulSet" };
const set = (status: PropertyMap, spec: PropertyMap = {}) => ({
  metadata: { name: "db", generation: 2 },
  spec: { replicas: 2, ...spec },
  status: { observedGeneration: 2, replicas: 2, ...status },
});
const daemonSet = { apiVersion: "apps/v1", kind: "DaemonSet" };
const daemons = (status: PropertyMap) => ({
  metadata: { generation: 1 },
  status: { observedGeneration: 1, desiredNumberScheduled: 3, ...status },
});
const ingress = { apiVersion: "networking.k8s.io/v1", kind: "Ingress" };
const rules = {
  spec: { rules: [{ http: { paths: [{ backend: { service: { name: "front-end" } } }] } }] },
};
const frontEnd = { kind: "Service", metadata: { name: "front-end" } };
const address = { status: { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } } };
const namespace = { apiVersion: "v1", kind: "Namespace" };

const CASES: readonly Case[] = [
  { name: "a complete Job", ...job, object: condition("Complete"), state: "done" },
  { name: "a running Job", ...job, object: { status: { active: 1 } }, state: "pending" },
  {
    name: "a failed Job",
    ...job,
    object: condition("Failed", "BackoffLimitExceeded"),
    state: "failed",
  },
  {
    name: "a Job failed by its pod policy",
    ...job,
    object: condition("Failed", "PodFailurePolicy"),
    state: "failed",
  },
  { name: "a bound claim", ...claim, object: { status: { phase: "Bound" } }, state: "done" },
  { name: "a claim bound at first use", ...claim, object: unbound, others: [late], state: "done" },
  {
    name: "a claim to be bound at once",
    ...claim,
    object: unbound,
    others: [soon],
    state: "pending",
  },
  { name: "a claim of no known class", ...claim, object: unbound, state: "pending" },
  {
    name: "an up-to-date StatefulSet",
    ...statefulSet,
    object: set({ readyReplicas: 2, currentRevision: "a", updateRevision: "a" }),
    state: "done",
  },
  {
    name: "a StatefulSet with one pod short",
    ...statefulSet,
    object: set({ readyReplicas: 1, currentRevision: "a", updateRevision: "a" }),
    state: "pending",
  },
  {
    name: "a StatefulSet between revisions",
    ...statefulSet,
    object: set({ readyReplicas: 2, currentRevision: "a", updateRevision: "b" }),
    state: "pending",
  },
  {
    name: "a StatefulSet updated on delete",
    ...statefulSet,
    object: set(
      { readyReplicas: 2, currentRevision: "a", updateRevision: "b" },
      { updateStrategy: { type: "OnDelete" } },
    ),
    state: "done",
  },
  {
    name: "a DaemonSet on all nodes",
    ...daemonSet,
    object: daemons({ updatedNumberScheduled: 3, numberAvailable: 3 }),
    state: "done",
  },
  {
    name: "a DaemonSet on two of three",
    ...daemonSet,
    object: daemons({ updatedNumberScheduled: 3, numberAvailable: 2 }),
    state: "pending",
  },
  {
    name: "an Ingress with an address",
    ...ingress,
    object: { ...rules, ...address },
    others: [frontEnd],
    state: "done",
  },
  {
    name: "an Ingress without one",
    ...ingress,
    object: rules,
    others: [frontEnd],
    state: "pending",
  },
  {
    name: "an Ingress to no Service",
    ...ingress,
    object: { ...rules, ...address },
    state: "pending",
  },
  {
    name: "an active namespace",
    ...namespace,
    object: { status: { phase: "Active" } },
    state: "done",
  },
  {
    name: "a namespace that ends",
    ...namespace,
    object: { status: { phase: "Terminating" } },
    state: "pending",
  },
  { name: "a ready Pod", apiVersion: "v1", kind: "Pod", object: condition("Ready"), state: "done" },
  {
    name: "a failed Pod",
    apiVersion: "v1",
    kind: "Pod",
    object: { status: { phase: "Failed" } },
    state: "failed",
  },
];

describe("readiness by kind", () => {
  for (const { name, apiVersion, kind, object, others = [], state } of CASES) {
    it(`finds ${name} ${state}`, () => {
      const result = ruleFor({ apiVersion, kind }, PLAIN)?.judge(viewOf(object, ...others));

      expect(result?.state).to.equal(state);
    });
  }

  it("knows no rule for what is ready once it exists", () => {
    expect(ruleFor({ apiVersion: "v1", kind: "ConfigMap" }, PLAIN)).to.equal(undefined);
    expect(ruleFor({ apiVersion: "example.com/v1", kind: "Deployment" }, PLAIN)).to.equal(
      undefined,
    );
  });

  it("waits for nothing if told so", () => {
    expect(ruleFor(job, { skipAwait: true, waitFor: "condition=Complete" })).to.equal(undefined);
  });

  it("waits for the user's expression instead of its own rule", () => {
    const rule = ruleFor(job, { skipAwait: false, waitFor: "jsonpath={.metadata.uid}" });

    expect(rule?.judge(viewOf({ metadata: { uid: "u" } })).state).to.equal("done");
  });

  it("judges a Job that is read by its own rule, whatever an update waits for", () => {
    const running = viewOf({ metadata: { uid: "u" }, status: { active: 1 } });

    expect(ruleForRead(job, { skipAwait: false })?.judge(running).state).to.equal("pending");
    expect(ruleForRead(job, { skipAwait: true })).to.equal(undefined);
  });

  it("does not judge kinds that the official plugin only reads", () => {
    const claim = { apiVersion: "v1", kind: "PersistentVolumeClaim" };

    expect(ruleFor(claim, PLAIN)).not.to.equal(undefined);
    expect(ruleForRead(claim, PLAIN)).to.equal(undefined);
  });

  it("tells why a Job's pods fail, but only that Job's", () => {
    const status = {
      conditions: [{ type: "Ready", status: "False" }],
      containerStatuses: [
        { name: "c", ready: false, state: { terminated: { reason: "Error", exitCode: 1 } } },
      ],
    };
    const own = pod("own", status, ownedBy("job"));
    const view = viewOf({ metadata: { name: "load", uid: "job" } }, own, pod("other", status));

    expect(ruleFor(job, PLAIN)?.judge(view).problems).to.deep.equal([
      '[Pod sock-shop/own]: container "c" completed with exit code 1',
    ]);
  });

  it("skips waiting for the deletion of the kinds for which the official plugin does", () => {
    expect(skipsAwaitOfDelete(job)).to.equal(true);
    expect(skipsAwaitOfDelete({ apiVersion: "v1", kind: "Service" })).to.equal(false);
  });
});

describe("pulumi.com/waitFor", () => {
  const object = {
    metadata: { uid: "u", labels: { "a.b": "x" } },
    status: { active: 1, ports: [{ port: 80 }], conditions: [{ type: "Ready", status: "False" }] },
  };
  const cases: readonly [string, string][] = [
    ["jsonpath={.metadata.uid}", "done"],
    ["jsonpath={.metadata.name}", "pending"],
    ["jsonpath={.status.active}=1", "done"],
    ["jsonpath={.status.active}=2", "pending"],
    ["jsonpath={.status.ports[0].port}=80", "done"],
    ["jsonpath={.metadata.labels['a.b']}=x", "done"],
    ["condition=Ready", "pending"],
    ["condition=Ready=false", "done"],
    ['["jsonpath={.metadata.uid}", "condition=Ready"]', "pending"],
  ];
  for (const [expression, state] of cases) {
    it(`finds ${expression} ${state}`, () => {
      expect(waitForRule(expression).judge(viewOf(object)).state).to.equal(state);
    });
  }

  for (const bad of ["uid", "jsonpath=.a", "jsonpath={.a[*].b}", "[]", "[1", "condition="]) {
    it(`refuses ${bad}`, () => {
      expect(() => waitForRule(bad)).to.throw(bad);
    });
  }
});
