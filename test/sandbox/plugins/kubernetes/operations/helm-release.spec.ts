import { expect } from "chai";
import { Secret, type PropertyMap } from "../../../../../sandbox/plugins/grpc/property-value.ts";
import { withHelmReleases } from "../../../../../sandbox/plugins/kubernetes/operations/helm-release.ts";
import { failure, Harness, settingsMap } from "../harness.ts";

const about = { urn: "urn:agent", type: "kubernetes:helm.sh/v3:Release", name: "agent" };
const inputs: PropertyMap = {
  chart: "datadog",
  name: "agent",
  namespace: "datadog",
  values: { apiKey: new Secret("k") },
};

describe("a Helm release", () => {
  let kube: Harness;

  beforeEach(async () => {
    kube = await new Harness().start();
  });
  afterEach(async () => {
    await kube.server.stop();
  });

  const create = (env: Record<string, string>) =>
    withHelmReleases(kube.calls, env).create(
      { ...about, inputs, preview: false, timeoutSeconds: 0 },
      kube.context,
    );

  it("is refused with both ways out", async () => {
    const { message } = await failure(create({}));

    expect(message).to.contain("use the official plugin, or set SOCK_SHOP_HELM_RELEASES=record");
    expect(kube.server.writes()).to.deep.equal([]);
  });

  it("is recorded if the environment says so, and says that it is not installed", async () => {
    const { id, outputs } = await create({ SOCK_SHOP_HELM_RELEASES: "record" });

    expect(id).to.equal("datadog/agent");
    expect(outputs["values"]).to.deep.equal({ apiKey: new Secret("k") });
    expect((outputs["status"] as PropertyMap)["status"]).to.equal("recorded, not installed");
    expect(kube.logged.map((it) => it.message)).to.deep.equal([
      "this Helm release is recorded, not installed",
    ]);
    expect(kube.server.writes()).to.deep.equal([]);
  });

  it("gets a name and a namespace", async () => {
    const calls = withHelmReleases(kube.calls, { SOCK_SHOP_HELM_RELEASES: "record" });
    const request = { ...about, oldInputs: {}, newInputs: { chart: "datadog" } };

    const checked = await calls.check(
      { ...request, randomSeed: new Uint8Array([1]) },
      kube.context,
    );

    expect(checked.inputs["namespace"]).to.equal("default");
    expect(checked.inputs["name"]).to.match(/^agent-[0-9a-f]{8}$/);
  });

  it("does not get in the way of other types", async () => {
    const calls = withHelmReleases(kube.calls, {});
    const type = "kubernetes:core/v1:ConfigMap";
    const request = { ...about, type, inputs: settingsMap, preview: false, timeoutSeconds: 1 };

    expect((await calls.create(request, kube.context)).id).to.equal("sock-shop/settings");
  });
});
