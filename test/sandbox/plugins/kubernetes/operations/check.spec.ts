import { expect } from "chai";
import { Secret } from "../../../../../sandbox/plugins/grpc/property-value.ts";
import { stringAt } from "../../../../../sandbox/plugins/kubernetes/objects/kube-object.ts";
import { Harness, settingsMap } from "../harness.ts";

describe("checking an object", () => {
  let kube: Harness;

  beforeEach(async () => {
    kube = await new Harness().start();
  });
  afterEach(async () => {
    await kube.server.stop();
  });

  it("fills in the namespace and a name", async () => {
    const { inputs } = await kube.check({ apiVersion: "v1", kind: "ConfigMap" });

    expect(stringAt(inputs, "metadata", "namespace")).to.equal("default");
    expect(stringAt(inputs, "metadata", "name")).to.match(/^payment-[0-9a-f]{8}$/);
  });

  it("gives no namespace to what lives in none", async () => {
    const { inputs } = await kube.check({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "a" },
    });

    expect(inputs["metadata"]).to.deep.equal({ name: "a" });
  });

  it("keeps a Secret's content secret, as data", async () => {
    const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: "a", namespace: "b" } };

    const { inputs } = await kube.check({ ...secret, stringData: { p: "hunter2" } });

    expect(inputs).to.deep.equal({ ...secret, data: new Secret({ p: "aHVudGVyMg==" }) });
  });

  it("refuses annotations that it cannot follow", async () => {
    const annotations = { "pulumi.com/timeoutSeconds": "10m", "pulumi.com/waitFor": "ready" };

    const { failures } = await kube.check({
      ...settingsMap,
      metadata: { name: "a", annotations },
    });

    expect(failures?.map((it) => it.reason)).to.deep.equal([
      'annotation pulumi.com/timeoutSeconds must be whole seconds, got "10m"',
      'annotation pulumi.com/waitFor: "ready" starts with neither "jsonpath=" nor "condition="',
    ]);
  });

  it("refuses a kind that is not the type's", async () => {
    const { failures } = await kube.check(settingsMap, { type: "kubernetes:core/v1:Secret" });

    expect(failures).to.deep.equal([
      { property: "kind", reason: 'must be "Secret", as the resource\'s type says' },
    ]);
  });

  it("does without a cluster, and warns once that nothing is validated", async () => {
    const address = "http://127.0.0.1:1";
    await kube.configure({}, address);

    const { inputs } = await kube.check({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a" },
    });
    const outside = await kube.check({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "a" },
    });

    expect(inputs["metadata"]).to.deep.equal({ name: "a", namespace: "default" });
    expect(outside.inputs["metadata"]).to.deep.equal({ name: "a" });
    expect(kube.logged).to.deep.equal([
      {
        severity: "warning",
        message: `the cluster at ${address} is unreachable: resources are not validated`,
      },
    ]);
  });

  it("leaves resources of an unreachable cluster as they are, if told so", async () => {
    await kube.configure({ skipUpdateUnreachable: "true" }, "http://127.0.0.1:1");

    const { inputs } = await kube.check(
      { ...settingsMap, data: { a: "2" } },
      { oldInputs: settingsMap },
    );

    expect(inputs).to.deep.equal(settingsMap);
  });
});
