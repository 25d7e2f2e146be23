import { expect } from "chai";
import { Secret, UNKNOWN } from "../../../../sandbox/plugins/grpc/property-value.ts";
import {
  readSettings,
  settingsProblems,
  withStackConfig,
} from "../../../../sandbox/plugins/kubernetes/provider-settings.ts";

const properties = (inputs: Parameters<typeof settingsProblems>[0]) =>
  settingsProblems(inputs).map((it) => it.property);

describe("the provider's arguments", () => {
  it("may all be absent", () => {
    expect(settingsProblems({})).to.deep.equal([]);
    expect(readSettings({}, {}).patchForce).to.equal(false);
  });

  it("may be what the official plugin takes and we do too", () => {
    const inputs = {
      kubeconfig: ".sandbox/kubeconfig",
      context: "kwok-sock-shop",
      namespace: "shop",
      enableServerSideApply: "true",
      enablePatchForce: "false",
      suppressDeprecationWarnings: "true",
      clusterIdentifier: "a",
      version: "4.34.2",
      __internal: {},
    };

    expect(settingsProblems(inputs)).to.deep.equal([]);
  });

  it("read flags as JSON text, as values, or from the official plugin's environment", () => {
    const env = { PULUMI_K8S_ENABLE_PATCH_FORCE: "true" };

    expect(readSettings({ enablePatchForce: "true" }, {}).patchForce).to.equal(true);
    expect(readSettings({ enablePatchForce: true }, {}).patchForce).to.equal(true);
    expect(readSettings({}, env).patchForce).to.equal(true);
    expect(readSettings({ enablePatchForce: "false" }, env).patchForce).to.equal(false);
  });

  it("read a kubeconfig given as a secret or as an object", () => {
    expect(readSettings({ kubeconfig: new Secret("x") }, {}).kubeconfig).to.equal("x");
    expect(readSettings({ kubeconfig: { clusters: [] } }, {}).kubeconfig).to.equal(
      '{"clusters":[]}',
    );
  });

  it("refuses what would change behaviour that we don't have", () => {
    expect(properties({ enableServerSideApply: "false" })).to.deep.equal(["enableServerSideApply"]);
    expect(properties({ renderYamlToDirectory: "out" })).to.deep.equal(["renderYamlToDirectory"]);
    expect(properties({ renderYamlToDirectory: "" })).to.deep.equal([]);
  });

  it("refuses misspelt names and flags that are neither true nor false", () => {
    expect(properties({ contxt: "a", deleteUnreachable: "yes" })).to.deep.equal([
      "contxt",
      "deleteUnreachable",
    ]);
  });

  it("demands kubeconfig and context in strict mode", () => {
    expect(properties({ strictMode: "true" })).to.deep.equal(["kubeconfig", "context"]);
    expect(properties({ strictMode: "true", kubeconfig: UNKNOWN, context: "a" })).to.deep.equal([]);
  });

  it("takes strict mode from the stack's config too", () => {
    const env = { PULUMI_CONFIG: '{"strictMode":"true"}' };

    expect(properties(withStackConfig({ kubeconfig: "a" }, env))).to.deep.equal(["context"]);
    expect(properties(withStackConfig({}, {}))).to.deep.equal([]);
  });
});
