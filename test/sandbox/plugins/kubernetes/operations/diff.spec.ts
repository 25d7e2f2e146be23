import { expect } from "chai";
import fc from "fast-check";
import { UNKNOWN, type PropertyMap } from "../../../../../sandbox/plugins/grpc/property-value.ts";
import { diffObjects } from "../../../../../sandbox/plugins/kubernetes/operations/diff.ts";
import { valueAt } from "../../../../../sandbox/plugins/kubernetes/objects/kube-object.ts";

const IMMUTABLE_DATA = { mutable: { configMaps: false, secrets: false }, namespaced: true };
const MUTABLE_DATA = { mutable: { configMaps: true, secrets: true }, namespaced: true };

function object(kind: string, apiVersion: string, rest: PropertyMap): PropertyMap {
  return { apiVersion, kind, metadata: { name: "x", namespace: "shop" }, ...rest };
}

function diff(oldInputs: PropertyMap, newInputs: PropertyMap, rules = IMMUTABLE_DATA) {
  return diffObjects({ oldInputs, newInputs, live: oldInputs }, rules);
}

describe("the difference of a Kubernetes object", () => {
  interface Case {
    readonly name: string;
    readonly kind: string;
    readonly before: PropertyMap;
    readonly after: PropertyMap;
    readonly changes: readonly PropertyMap[];
  }
  const update = (path: string) => ({ path, kind: "update" });
  const replaced = (path: string) => ({ path, kind: "update", replace: true });
  const job = (image: string) => ({
    spec: { template: { spec: { containers: [{ name: "c", image }] } } },
  });
  const cases: readonly Case[] = [
    {
      name: "a Deployment's replicas in place",
      kind: "apps/v1 Deployment",
      before: { spec: { replicas: 1 } },
      after: { spec: { replicas: 0 } },
      changes: [update("spec.replicas")],
    },
    {
      name: "a Deployment's selector by replacement",
      kind: "apps/v1 Deployment",
      before: { spec: { selector: { matchLabels: { "a.b/c": "1" } } } },
      after: { spec: { selector: { matchLabels: { "a.b/c": "2" } } } },
      changes: [replaced('spec.selector.matchLabels["a.b/c"]')],
    },
    {
      name: "a Job's template by replacement",
      kind: "batch/v1 Job",
      before: job("a:1"),
      after: job("a:2"),
      changes: [replaced("spec.template.spec.containers[0].image")],
    },
    {
      name: "a Job's suspension in place",
      kind: "batch/v1 Job",
      before: { spec: { suspend: true } },
      after: { spec: { suspend: false } },
      changes: [update("spec.suspend")],
    },
    {
      name: "a Service's selector in place",
      kind: "v1 Service",
      before: { spec: { selector: { name: "payment" } } },
      after: { spec: { selector: { name: "proxy" } } },
      changes: [update("spec.selector.name")],
    },
    {
      name: "a Service's address by replacement",
      kind: "v1 Service",
      before: { spec: { ports: [] } },
      after: { spec: { ports: [], clusterIP: "None" } },
      changes: [{ path: "spec.clusterIP", kind: "add", replace: true }],
    },
    {
      name: "a claim's size in place",
      kind: "v1 PersistentVolumeClaim",
      before: { spec: { resources: { requests: { storage: "1Gi" } } } },
      after: { spec: { resources: { requests: { storage: "2Gi" } } } },
      changes: [update("spec.resources.requests.storage")],
    },
    {
      name: "a claim's storage class by replacement",
      kind: "v1 PersistentVolumeClaim",
      before: { spec: { storageClassName: "a" } },
      after: { spec: { storageClassName: "b" } },
      changes: [replaced("spec.storageClassName")],
    },
    {
      name: "an image of a Pod by replacement",
      kind: "v1 Pod",
      before: { spec: { containers: [{ image: "a" }, { image: "b" }] } },
      after: { spec: { containers: [{ image: "a" }, { image: "c" }] } },
      changes: [replaced("spec.containers[1].image")],
    },
    {
      name: "a whole spec that contains an immutable field",
      kind: "v1 Service",
      before: {},
      after: { spec: { clusterIP: "None" } },
      changes: [{ path: "spec", kind: "add", replace: true }],
    },
    {
      name: "a role of a binding by replacement",
      kind: "rbac.authorization.k8s.io/v1 RoleBinding",
      before: { roleRef: { name: "a" } },
      after: { roleRef: { name: "b" } },
      changes: [replaced("roleRef.name")],
    },
    {
      name: "ConfigMap data by replacement",
      kind: "v1 ConfigMap",
      before: { data: { a: "1" } },
      after: { data: { a: "2" } },
      changes: [replaced("data.a")],
    },
    {
      name: "a value that is not known yet",
      kind: "apps/v1 Deployment",
      before: { spec: { replicas: 1 } },
      after: { spec: { replicas: UNKNOWN } },
      changes: [update("spec.replicas")],
    },
    {
      name: "nothing for an empty list that the server does not keep",
      kind: "networking.k8s.io/v1 NetworkPolicy",
      before: { spec: { podSelector: {} } },
      after: { spec: { podSelector: {}, egress: [] } },
      changes: [],
    },
    {
      name: "an empty object, which may mean everything",
      kind: "networking.k8s.io/v1 NetworkPolicy",
      before: { spec: {} },
      after: { spec: { podSelector: {} } },
      changes: [{ path: "spec.podSelector", kind: "add" }],
    },
    {
      name: "a list that becomes empty",
      kind: "networking.k8s.io/v1 NetworkPolicy",
      before: { spec: { egress: [{}] } },
      after: { spec: { egress: [] } },
      changes: [{ path: "spec.egress[0]", kind: "delete" }],
    },
    {
      name: "an empty list of a custom resource, which keeps it",
      kind: "example.com/v1 Route",
      before: { spec: {} },
      after: { spec: { hosts: [] } },
      changes: [{ path: "spec.hosts", kind: "add" }],
    },
    {
      name: "nothing for null instead of absent",
      kind: "apps/v1 Deployment",
      before: { spec: { replicas: 1 } },
      after: { spec: { replicas: 1, paused: null } },
      changes: [],
    },
  ];
  for (const { name, kind, before, after, changes } of cases) {
    it(`sees ${name}`, () => {
      const [apiVersion = "", kindName = ""] = kind.split(" ");

      const result = diff(
        object(kindName, apiVersion, before),
        object(kindName, apiVersion, after),
      );

      expect(result.changes).to.deep.equal(changes);
    });
  }

  it("takes stringData for what the server makes of it", () => {
    const before = object("Secret", "v1", { data: { password: "aHVudGVyMg==" } });

    expect(
      diff(before, object("Secret", "v1", { stringData: { password: "hunter2" } })).changes,
    ).to.deep.equal([]);
    expect(
      diff(before, object("Secret", "v1", { stringData: { password: "other" } })).changes,
    ).to.deep.equal([{ path: "data.password", kind: "update", replace: true }]);
  });

  it("changes data in place where the provider is told so, unless the object forbids it", () => {
    const before = object("ConfigMap", "v1", { data: { a: "1" } });
    const after = object("ConfigMap", "v1", { data: { a: "2" } });
    const change = { path: "data.a", kind: "update" };

    const inPlace = diff(before, after, MUTABLE_DATA);
    const frozen = diffObjects(
      { oldInputs: before, newInputs: after, live: { ...before, immutable: true } },
      MUTABLE_DATA,
    );

    expect(inPlace.changes).to.deep.equal([change]);
    expect(frozen.changes).to.deep.equal([{ ...change, replace: true }]);
  });

  it("does not see what the server added", () => {
    const inputs = object("Deployment", "apps/v1", { spec: { replicas: 1 } });
    const live = { ...inputs, spec: { replicas: 1, revisionHistoryLimit: 10 }, status: {} };

    expect(
      diffObjects({ oldInputs: inputs, newInputs: inputs, live }, IMMUTABLE_DATA).changes,
    ).to.deep.equal([]);
  });

  it("takes a missing namespace for default", () => {
    const before = { ...object("ConfigMap", "v1", {}), metadata: { name: "x" } };
    const after = { ...before, metadata: { name: "x", namespace: "default" } };

    expect(diff(before, after).changes).to.deep.equal([]);
  });

  describe("deletes before it replaces", () => {
    const before = object("ConfigMap", "v1", { data: { a: "1" } });
    const after = (metadata: PropertyMap) => ({
      ...object("ConfigMap", "v1", { data: { a: "2" } }),
      metadata,
    });

    it("where the name stays taken", () => {
      const fixed = after({ name: "x", namespace: "shop" });

      expect(diff(before, fixed).deleteBeforeReplace).to.equal(true);
    });

    it("but not where the name was made up", () => {
      const annotations = { "pulumi.com/autonamed": "true" };

      const made = after({ name: "x", namespace: "shop", annotations });

      expect(diff(before, made).deleteBeforeReplace).to.equal(false);
    });

    it("but not where the name changes", () => {
      const renamed = after({ name: "y", namespace: "shop" });

      expect(diff(before, renamed).deleteBeforeReplace).to.equal(false);
    });

    it("but not where the object moves", () => {
      const moved = after({ name: "x", namespace: "elsewhere" });

      expect(diff(before, moved).deleteBeforeReplace).to.equal(false);
    });
  });

  const json = fc.object({
    key: fc.stringMatching(/^[a-z]{1,4}$/),
    values: [fc.string(), fc.integer(), fc.boolean()],
    maxDepth: 3,
  }) as fc.Arbitrary<PropertyMap>;

  it("is nothing between any object and itself", () => {
    fc.assert(
      fc.property(json, (spec) => {
        const it = object("Deployment", "apps/v1", { spec });

        expect(diff(it, it)).to.deep.equal({ changes: [], deleteBeforeReplace: false });
      }),
    );
  });

  it("names only paths that exist in the version that has them", () => {
    fc.assert(
      fc.property(json, json, (left, right) => {
        const before = object("Job", "batch/v1", { spec: left });
        const after = object("Job", "batch/v1", { spec: right });

        for (const { path, kind } of diff(before, after).changes) {
          const segments = path.split(/[.[\]]+/).filter((it) => it !== "");
          const keys = segments.map((it) => (/^\d+$/.test(it) ? Number(it) : it));
          const inBefore = valueAt(before, keys) !== undefined;
          const inAfter = valueAt(after, keys) !== undefined;
          expect([path, inBefore, inAfter]).to.deep.equal([
            path,
            kind !== "add",
            kind !== "delete",
          ]);
        }
      }),
    );
  });
});
