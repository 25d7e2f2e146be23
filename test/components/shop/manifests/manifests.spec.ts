import { expect } from "chai";
import fc from "fast-check";
import { deploymentArgs } from "../../../../components/shop/manifests/deployment.ts";
import { disruptionBudgetArgs } from "../../../../components/shop/manifests/disruption-budget.ts";
import { namespaceArgs } from "../../../../components/shop/manifests/namespace.ts";
import {
  customerPolicy,
  defaultDenyPolicy,
  nodeRepliesPolicy,
  workloadPolicy,
} from "../../../../components/shop/manifests/network-policy.ts";
import { serviceArgs } from "../../../../components/shop/manifests/service.ts";
import { unknownToKubernetes } from "../../../support/kubernetes/kubernetes-schema.ts";
import { hardeningProblems } from "../../../support/kubernetes/pod-security.ts";
import { anyOptions, shopWorkloads, workloadOf } from "../../../support/kubernetes/workloads.ts";
import { workloads } from "../../../../components/shop/workloads.ts";

const dnsLabel = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([-_.A-Za-z0-9]{0,61}[A-Za-z0-9])?)?$/;

describe("every manifest of every image set, state and setting", () => {
  it("has only fields that Kubernetes knows, of the right types", () => {
    const property = fc.property(anyOptions, (options) => {
      const all = workloads(options);
      const problems = all.flatMap((workload) => [
        ...unknownToKubernetes(deploymentArgs(workload), "V1Deployment"),
        ...unknownToKubernetes(serviceArgs(workload), "V1Service"),
        ...unknownToKubernetes(disruptionBudgetArgs(workload), "V1PodDisruptionBudget"),
        ...unknownToKubernetes(workloadPolicy(workload, all), "V1NetworkPolicy"),
        ...unknownToKubernetes(customerPolicy(workload), "V1NetworkPolicy"),
      ]);
      expect(problems).to.deep.equal([]);
    });

    fc.assert(property, { numRuns: 30 });
    expect(unknownToKubernetes(namespaceArgs("a"), "V1Namespace")).to.deep.equal([]);
    expect(unknownToKubernetes(defaultDenyPolicy("a"), "V1NetworkPolicy")).to.deep.equal([]);
    const replies = nodeRepliesPolicy("a", shopWorkloads(), ["10.244.0.1/32"]);
    expect(unknownToKubernetes(replies, "V1NetworkPolicy")).to.deep.equal([]);
  });

  it("would be noticed with a misspelt field or a number as text", () => {
    const wrong = { spec: { replica: 1, template: { spec: { hostNetwork: "true" } } } };

    expect(unknownToKubernetes(wrong, "V1Deployment")).to.deep.equal([
      "spec.replica: no such field",
      "spec.template.spec.hostNetwork: string, not boolean",
    ]);
  });

  it("runs pods that the restricted Pod Security level admits", () => {
    const property = fc.property(anyOptions, (options) => {
      const problems = workloads(options).flatMap((workload) =>
        hardeningProblems(deploymentArgs(workload).spec.template.spec),
      );
      expect(problems).to.deep.equal([]);
    });

    fc.assert(property, { numRuns: 30 });
  });

  it("has names that are DNS labels and label values that Kubernetes takes", () => {
    const property = fc.property(anyOptions, (options) => {
      for (const workload of workloads(options)) {
        const { metadata, spec } = deploymentArgs(workload);
        expect(metadata.name).to.match(dnsLabel);
        for (const value of Object.values(metadata.labels)) expect(value).to.match(labelValue);
        for (const { name } of spec.template.spec.containers) expect(name).to.match(dnsLabel);
      }
    });

    fc.assert(property, { numRuns: 30 });
  });

  it("selects by Service the pods of the Deployment, on a port they have", () => {
    const property = fc.property(anyOptions, (options) => {
      for (const workload of workloads(options)) {
        const { template, selector } = deploymentArgs(workload).spec;
        const service = serviceArgs(workload).spec;
        const ports = template.spec.containers.flatMap((container) => container.ports);
        expect(template.metadata.labels).to.include(service.selector);
        expect(selector.matchLabels).to.deep.equal(service.selector);
        for (const { targetPort } of service.ports) {
          expect(ports.map(({ name }) => name)).to.include(targetPort);
        }
      }
    });

    fc.assert(property, { numRuns: 30 });
  });

  it("mounts only volumes that the pod has, each once", () => {
    const property = fc.property(anyOptions, (options) => {
      for (const workload of workloads(options)) {
        const { containers, volumes = [] } = deploymentArgs(workload).spec.template.spec;
        const mounts = containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
        expect(mounts.map(({ name }) => name)).to.deep.equal(volumes.map(({ name }) => name));
        expect(new Set(mounts.map(({ mountPath }) => mountPath)).size).to.equal(mounts.length);
      }
    });

    fc.assert(property, { numRuns: 30 });
  });
});

describe("deploymentArgs", () => {
  it("carries Datadog's tags on the Deployment and on its pods, whatever the image", () => {
    const overrides = { orders: "registry.example.com/mirror/something:1.2" };
    const tags = {
      "tags.datadoghq.com/env": "test",
      "tags.datadoghq.com/service": "sock-shop-orders",
      "tags.datadoghq.com/version": "1.2",
    };

    const { metadata, spec } = deploymentArgs(
      workloadOf("orders", { images: { set: "weave", overrides } }),
    );

    expect(metadata.labels).to.include(tags);
    expect(spec.template.metadata.labels).to.include(tags);
  });

  it("keeps port 80 open to a plain user by sysctl and by the binaries' own capability", () => {
    const { spec } = deploymentArgs(workloadOf("payment")).spec.template;

    expect(spec.securityContext).to.deep.include({
      sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
    });
    expect(spec.containers[0]?.securityContext.capabilities).to.deep.equal({
      drop: ["ALL"],
      add: ["NET_BIND_SERVICE"],
    });
  });

  it("adds neither where the port is above 1023", () => {
    const quay = { images: { set: "quay" as const, overrides: {} } };
    const { spec } = deploymentArgs(workloadOf("payment", quay)).spec.template;

    expect(spec.securityContext).to.not.have.property("sysctls");
    expect(spec.containers[0]?.securityContext.capabilities).to.deep.equal({ drop: ["ALL"] });
  });

  it("takes the database's password from the Secret, never from a text", () => {
    const [container] = deploymentArgs(workloadOf("catalogue-db")).spec.template.spec.containers;

    expect(container?.env).to.deep.equal([
      { name: "MYSQL_DATABASE", value: "socksdb" },
      {
        name: "MYSQL_ROOT_PASSWORD",
        valueFrom: { secretKeyRef: { name: "catalogue-db", key: "root-password" } },
      },
    ]);
  });

  it("gives a JVM five minutes to start and probes its port, not its dependencies", () => {
    const [container] = deploymentArgs(workloadOf("orders")).spec.template.spec.containers;

    expect(container?.startupProbe).to.deep.equal({
      tcpSocket: { port: "http" },
      periodSeconds: 2,
      timeoutSeconds: 2,
      failureThreshold: 150,
    });
    expect(container?.readinessProbe).to.deep.include({ tcpSocket: { port: "http" } });
    expect(container?.livenessProbe).to.deep.include({ tcpSocket: { port: "http" } });
  });

  it("never runs two pods of a store at once", () => {
    expect(deploymentArgs(workloadOf("orders-db")).spec.strategy.type).to.equal("Recreate");
    expect(deploymentArgs(workloadOf("orders")).spec.strategy.type).to.equal("RollingUpdate");
  });
});

describe("serviceArgs", () => {
  it("stays inside the cluster unless a node port is named", () => {
    expect(serviceArgs(workloadOf("front-end")).spec).to.deep.equal({
      type: "ClusterIP",
      selector: { name: "front-end" },
      ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
    });
  });

  it("opens the node port of the front-end, and of no other service", () => {
    const { type, ports } = serviceArgs(workloadOf("front-end", { frontEndNodePort: 30001 })).spec;

    expect(type).to.equal("NodePort");
    expect(ports[0]).to.include({ nodePort: 30001 });
    expect(serviceArgs(workloadOf("orders", { frontEndNodePort: 30001 })).spec.type).to.equal(
      "ClusterIP",
    );
  });

  it("is not awaited, since the Deployment is", () => {
    expect(serviceArgs(workloadOf("orders")).metadata.annotations).to.deep.equal({
      "pulumi.com/skipAwait": "true",
    });
  });
});

describe("disruptionBudgetArgs", () => {
  it("refuses to evict a pod that holds data", () => {
    expect(disruptionBudgetArgs(workloadOf("orders-db"))?.spec.maxUnavailable).to.equal(0);
  });

  it("has nothing to say about a single stateless pod", () => {
    expect(disruptionBudgetArgs(workloadOf("payment"))).to.equal(undefined);
  });

  it("evicts one of several payment pods at a time, also while an incident has none", () => {
    const options = { configured: { payment: 2 }, staged: { payment: 0 } };

    expect(disruptionBudgetArgs(workloadOf("payment", options))?.spec).to.deep.equal({
      maxUnavailable: 1,
      selector: { matchLabels: { name: "payment" } },
    });
  });
});
