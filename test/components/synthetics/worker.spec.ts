import { expect } from "chai";
import {
  workerArgs,
  workerPolicyArgs,
  workerSecretArgs,
} from "../../../components/synthetics/worker.ts";
import { ofType, valueOf } from "../../../simulation/declared/resource-graph.ts";
import { stackGraph } from "../../../simulation/declared/stack-graph.ts";
import { evaluateAll } from "../../../policies/evaluate.ts";
import { rules } from "../../../policies/rules.ts";
import { unknownToKubernetes } from "../../support/kubernetes/kubernetes-schema.ts";
import { hardeningProblems } from "../../support/kubernetes/pod-security.ts";
import { judgedStack } from "../../support/policies/judged-stack.ts";

const worker = {
  namespace: "socks",
  env: "test",
  image: "gcr.io/datadoghq/synthetics-private-location-worker:1.60.0",
};
const on = { "sock-shop:synthetics": "private" };

describe("the worker of the private location", () => {
  it("has only fields that Kubernetes knows, and no more rights than it needs", () => {
    expect(unknownToKubernetes(workerArgs(worker), "V1Deployment")).to.deep.equal([]);
    expect(unknownToKubernetes(workerPolicyArgs(worker), "V1NetworkPolicy")).to.deep.equal([]);
    expect(hardeningProblems(workerArgs(worker).spec.template.spec)).to.deep.equal([]);
  });

  it("reads its configuration from a Secret, under the file that the image looks for", () => {
    const { volumes, containers } = workerArgs(worker).spec.template.spec;

    expect(workerSecretArgs(worker, "{}").stringData).to.deep.equal({
      "synthetics-check-runner.json": "{}",
    });
    expect(volumes[0]).to.deep.equal({
      name: "config",
      secret: { secretName: "synthetics-worker" },
    });
    expect(containers[0]?.volumeMounts[0]).to.deep.equal({
      name: "config",
      mountPath: "/etc/datadog",
      readOnly: true,
    });
  });

  it("is a customer of the front-end, calls Datadog, and is called by nobody", () => {
    expect(workerArgs(worker).spec.template.metadata.labels).to.include({
      "sock-shop/role": "customer",
    });
    const { policyTypes, egress, ...rest } = workerPolicyArgs(worker).spec;
    expect(policyTypes).to.deep.equal(["Ingress", "Egress"]);
    expect(egress).to.deep.equal([{ ports: [{ protocol: "TCP", port: 443 }] }]);
    expect(rest).to.not.have.property("ingress");
  });
});

describe("the synthetic checkout of the stack", () => {
  it("is there only where it is asked for, and changes nothing else", async () => {
    const keysOf = async (config: Readonly<Record<string, string>>) =>
      (await stackGraph(config)).resources.map(({ type, name }) => `${type} ${name}`);
    const [without, added] = [await keysOf({}), await keysOf(on)];

    expect(without.filter((key) => /synthetic|checkout/i.test(key))).to.deep.equal([]);
    expect(added.filter((key) => !without.includes(key)).sort()).to.deep.equal([
      "datadog:index/syntheticsPrivateLocation:SyntheticsPrivateLocation checkout",
      "datadog:index/syntheticsTest:SyntheticsTest checkout",
      "kubernetes:apps/v1:Deployment synthetics-worker",
      "kubernetes:core/v1:Secret synthetics-worker",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy synthetics-worker",
      "sockshop:synthetics:SyntheticCheckout checkout",
    ]);
  });

  it("keeps the location's configuration as a secret, of which nothing is shown", async () => {
    const { resources, result } = await stackGraph(on);
    const secret = ofType(resources, "kubernetes:core/v1:Secret").get("synthetics-worker");

    // The wire format of a secret: its signature, and the value below.
    expect(JSON.stringify(secret?.inputs["stringData"])).to.contain(
      "1b47061264138c4ac30d75fd1eb44270",
    );
    expect(await valueOf(result.incidentMark)).to.not.contain("pl:of-the-mocks");
    const others = resources.filter((one) => one !== secret);
    expect(JSON.stringify(others.map(({ inputs }) => inputs))).to.not.contain("pl:of-the-mocks");
  });

  for (const state of ["none", "payment-down"]) {
    it(`complies with every policy in state ${state}`, async () => {
      const stack = await judgedStack("sandbox", state, on);

      expect(evaluateAll(rules, stack)).to.deep.equal([]);
    });
  }
});
