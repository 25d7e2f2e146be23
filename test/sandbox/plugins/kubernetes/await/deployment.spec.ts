import { expect } from "chai";
import { deploymentRule } from "../../../../../sandbox/plugins/kubernetes/await/deployment.ts";
import { deployment, pod, replicaSet, viewOf } from "../objects.ts";

const judge = (...objects: Parameters<typeof viewOf>) => deploymentRule.judge(viewOf(...objects));

describe("awaiting a Deployment", () => {
  it("is done when its ReplicaSet has all replicas ready", () => {
    expect(judge(deployment(), replicaSet()).state).to.equal("done");
  });

  it("waits while the controller has not seen this generation", () => {
    const unseen = deployment({ status: { observedGeneration: 1 } });

    expect(judge(unseen, replicaSet()).state).to.equal("pending");
  });

  it("waits while there is no ReplicaSet of the current revision", () => {
    expect(judge(deployment()).state).to.equal("pending");
  });

  it("does not take another Deployment's ReplicaSet for its own", () => {
    const foreign = replicaSet();
    const metadata = { ...foreign.metadata, ownerReferences: [{ uid: "someone else" }] };

    expect(judge(deployment(), { ...foreign, metadata }).state).to.equal("pending");
  });

  it("says how many pods are ready so far", () => {
    const result = judge(deployment({ replicas: 3 }), replicaSet({ spec: 3, ready: 2 }));

    expect(result.state).to.equal("pending");
    expect(result.message).to.equal(
      "Waiting for app ReplicaSet to be available (2/3 Pods available)",
    );
  });

  it("is done at 0 replicas once no pod counts any more", () => {
    const scaled = deployment({ replicas: 0 });

    expect(judge(scaled, replicaSet({ spec: 0, replicas: 1, ready: 1 })).state).to.equal("pending");
    expect(judge(scaled, replicaSet({ spec: 0 })).state).to.equal("done");
  });

  it("waits while the ReplicaSet still has the old number of replicas", () => {
    expect(judge(deployment({ replicas: 2 }), replicaSet({ spec: 1 })).state).to.equal("pending");
  });

  it("waits for the roll-out from the second revision on", () => {
    const annotations = { "deployment.kubernetes.io/revision": "2" };
    const base = deployment({
      status: {
        observedGeneration: 2,
        conditions: [
          { type: "Available", status: "True", reason: "MinimumReplicasAvailable" },
          { type: "Progressing", status: "True", reason: "ReplicaSetUpdated" },
        ],
      },
    });
    const second = { ...base, metadata: { ...(base["metadata"] as object), annotations } };
    const set = replicaSet();

    const result = judge(second, { ...set, metadata: { ...set.metadata, annotations } });

    expect(result.problems).to.deep.equal([
      "Minimum number of Pods to consider the application live was not attained",
    ]);
  });

  it("tells why its pods do not start", () => {
    const broken = pod("payment-1-x", {
      conditions: [
        { type: "PodScheduled", status: "True" },
        { type: "Ready", status: "False", message: "containers with unready status: [payment]" },
      ],
      containerStatuses: [
        {
          name: "payment",
          ready: false,
          state: { waiting: { reason: "ImagePullBackOff", message: 'Back-off pulling "x/y:1"' } },
        },
      ],
    });
    const unavailable = deployment({
      status: {
        observedGeneration: 2,
        conditions: [
          {
            type: "Available",
            status: "False",
            reason: "MinimumReplicasUnavailable",
            message: "m",
          },
        ],
      },
    });

    const result = judge(unavailable, replicaSet({ ready: 0 }), broken);

    expect(result.problems).to.deep.equal([
      "[MinimumReplicasUnavailable] m",
      "Minimum number of live Pods was not attained",
      "[Pod sock-shop/payment-1-x]: containers with unready status: [payment]: " +
        '[ImagePullBackOff] Back-off pulling "x/y:1"',
    ]);
  });

  it("waits for the volume claims of its own template only", () => {
    const volumes = [{ name: "data", persistentVolumeClaim: { claimName: "data" } }];
    const withVolume = {
      ...deployment(),
      spec: { replicas: 1, template: { spec: { volumes } } },
    };
    const claim = (name: string, phase: string) => {
      return { kind: "PersistentVolumeClaim", metadata: { name }, status: { phase } };
    };
    const other = claim("other", "Pending");

    expect(judge(withVolume, replicaSet(), claim("data", "Bound"), other).state).to.equal("done");
    expect(judge(withVolume, replicaSet(), claim("data", "Pending")).problems).to.deep.equal([
      'Failed to bind PersistentVolumeClaim(s): "data"',
    ]);
  });
});
