import { expect } from "chai";
import { clusterMetrics } from "../../../sandbox/agent/cluster-metrics.ts";

const metadata = { name: "payment", namespace: "sock-shop" };
const nothing = { pods: [], deployments: [], slices: [] };
const slice = (endpoints: Parameters<typeof clusterMetrics>[0]["slices"][number]["endpoints"]) => ({
  metadata: { ...metadata, labels: { "kubernetes.io/service-name": "payment" } },
  ...(endpoints !== undefined && { endpoints }),
});
const lines = (objects: Partial<Parameters<typeof clusterMetrics>[0]>) =>
  clusterMetrics({ ...nothing, ...objects }, "kind-1", 1000).map(({ metric, points, tags }) =>
    [metric, points[0].value, ...tags].join(" "),
  );

describe("metrics of the cluster", () => {
  it("count the pods of a Deployment, wanted and there", () => {
    const status = { availableReplicas: 1, unavailableReplicas: 1 };

    const place = "kube_cluster_name:kind-1 kube_namespace:sock-shop kube_deployment:payment";
    expect(lines({ deployments: [{ metadata, spec: { replicas: 2 }, status }] })).to.deep.equal([
      `kubernetes_state.deployment.replicas_desired 2 ${place}`,
      `kubernetes_state.deployment.replicas_available 1 ${place}`,
      `kubernetes_state.deployment.replicas_unavailable 1 ${place}`,
    ]);
  });

  it("are 0, and not gone, for a Deployment without pods", () => {
    const values = lines({ deployments: [{ metadata, spec: { replicas: 0 }, status: {} }] });

    expect(values.map((line) => line.split(" ")[1])).to.deep.equal(["0", "0", "0"]);
  });

  it("have one series for each ready address of a Service", () => {
    const endpoints = [
      { addresses: ["10.0.0.1"], conditions: { ready: true } },
      { addresses: ["10.0.0.2"], conditions: { ready: false } },
      { addresses: ["10.0.0.3"] },
    ];

    const place = "kube_cluster_name:kind-1 kube_namespace:sock-shop kube_endpoint:payment";
    expect(lines({ slices: [slice(endpoints)] })).to.deep.equal([
      `kubernetes_state.endpoint.address_available 1 ${place} address:10.0.0.1`,
      `kubernetes_state.endpoint.address_available 1 ${place} address:10.0.0.3`,
    ]);
  });

  it("have none for a Service without addresses, however the API server writes that", () => {
    expect(lines({ slices: [slice([]), slice(null), slice(undefined)] })).to.deep.equal([]);
  });

  it("tell in which phase a pod is", () => {
    const pod = { metadata: { ...metadata, name: "payment-1" }, status: { phase: "Running" } };

    const [line = ""] = lines({ pods: [pod] });
    expect(line.split(" ").slice(0, 3)).to.deep.equal([
      ...["kubernetes_state.pod.status_phase", "1", "kube_cluster_name:kind-1"],
    ]);
    expect(line.split(" ")).to.include.members(["pod_name:payment-1", "pod_phase:Running"]);
  });

  describe("of a container", () => {
    const told = (status: object) => {
      const containerStatuses = [{ name: "payment", restartCount: 2, ...status }];
      const pod = { metadata, status: { containerStatuses } };
      return lines({ pods: [pod] })
        .filter((line) => !line.includes("pod.status_phase"))
        .map((line) => line.replace(/ kube_cluster_name:.*kube_container_name:/, " … "));
    };
    const restarts = "kubernetes_state.container.restarts 2 … payment";

    it("count its restarts", () => {
      expect(told({ state: { running: {} }, lastState: {} })).to.deep.equal([restarts]);
    });

    it("name why it waits, and why it ended before, as the agent writes reasons", () => {
      const state = { waiting: { reason: "CrashLoopBackOff" } };
      const lastState = { terminated: { reason: "OOMKilled", exitCode: 137 } };

      expect(told({ state, lastState })).to.deep.equal([
        restarts,
        "kubernetes_state.container.status_report.count.waiting 1 … payment reason:crashloopbackoff",
        "kubernetes.containers.last_state.terminated 1 … payment reason:oomkilled",
      ]);
    });

    it("leave out reasons that the agent does not count", () => {
      const state = { waiting: { reason: "PodInitializing" } };
      const lastState = { terminated: { reason: "Completed", exitCode: 0 } };

      expect(told({ state, lastState })).to.deep.equal([restarts]);
      expect(told({ state: { waiting: null }, lastState: { terminated: null } })).to.deep.equal([
        restarts,
      ]);
    });
  });
});
