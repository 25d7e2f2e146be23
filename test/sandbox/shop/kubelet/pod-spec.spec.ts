import type { Container } from "../../../../sandbox/kube/objects.ts";
import { expect } from "chai";
import { podSpecOf } from "../../../../sandbox/shop/kubelet/pod-spec.ts";
import { podOf } from "../../kube/objects.ts";

function podWith(change: Partial<Container>) {
  const pod = podOf("catalogue-db", "a");
  const [container] = pod.spec?.containers ?? [];
  return { ...pod, spec: { ...pod.spec, containers: [{ name: "x", ...container, ...change }] } };
}

const secret = (kind: string, name: string, key: string) =>
  Promise.resolve(`${kind}/${name}/${key}` === "Secret/db/root" ? "hidden" : undefined);

describe("what a pod runs", () => {
  it("is its first container with environment, arguments, its probes and mounts", async () => {
    const pod = podWith({
      command: ["/app", "-port=80"],
      args: ["-decline=105"],
      env: [
        { name: "PLAIN", value: "1" },
        { name: "ROOT", valueFrom: { secretKeyRef: { name: "db", key: "root" } } },
        { name: "NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
        { name: "MAYBE", valueFrom: { configMapKeyRef: { name: "x", key: "y", optional: true } } },
      ],
      readinessProbe: { httpGet: { path: "/health" }, periodSeconds: 5 },
      livenessProbe: { tcpSocket: { port: 3306 }, periodSeconds: 20 },
      volumeMounts: [{ mountPath: "/tmp" }],
    });

    expect(await podSpecOf(pod, secret)).to.deep.equal({
      workload: "catalogue-db",
      podName: "catalogue-db-a",
      image: "quay.io/powercloud/sock-shop-catalogue-db:latest",
      env: { PLAIN: "1", ROOT: "hidden", NODE: "node-0" },
      args: ["-port=80", "-decline=105"],
      probes: [
        {
          kind: "readiness",
          path: "/health",
          initialDelaySeconds: 0,
          periodSeconds: 5,
          failureThreshold: 3,
        },
      ],
      connectionProbes: [20],
      mounts: ["/tmp"],
    });
  });

  for (const [valueFrom, message] of [
    [
      { secretKeyRef: { name: "db", key: "other" } },
      `couldn't find key other in Secret "db" for VALUE`,
    ],
    [
      { fieldRef: { fieldPath: "status.hostIP" } },
      `the sandbox cannot fill VALUE from field "status.hostIP"`,
    ],
  ] as const) {
    it(`cannot be known when ${message}`, async () => {
      const failed = await podSpecOf(
        podWith({ env: [{ name: "VALUE", valueFrom }] }),
        secret,
      ).catch((error: unknown) => (error as Error).message);

      expect(failed).to.equal(message);
    });
  }
});
