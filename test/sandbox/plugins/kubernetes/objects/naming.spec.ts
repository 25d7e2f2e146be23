import { expect } from "chai";
import fc from "fast-check";
import { UNKNOWN, type PropertyMap } from "../../../../../sandbox/plugins/grpc/property-value.ts";
import {
  uniqueSuffix,
  withManagedBy,
  withName,
} from "../../../../../sandbox/plugins/kubernetes/objects/naming.ts";
import {
  kindOfToken,
  refusalOf,
} from "../../../../../sandbox/plugins/kubernetes/objects/type-token.ts";

const seed = new Uint8Array([1, 2, 3]);
const naming = { oldInputs: {}, resourceName: "payment", randomSeed: seed };
const autonamed = { name: "payment-0123abcd", annotations: { "pulumi.com/autonamed": "true" } };

describe("the name of an object", () => {
  it("is the user's own", () => {
    const inputs = { metadata: { name: "mine" } };

    expect(withName(inputs, naming)).to.deep.equal(inputs);
  });

  it("is the resource's with eight hex digits when the user gives none", () => {
    const { metadata } = withName({}, naming) as { metadata: typeof autonamed };

    expect(metadata.name).to.match(/^payment-[0-9a-f]{8}$/);
    expect(metadata.annotations).to.deep.equal(autonamed.annotations);
  });

  it("stays what it was made to be", () => {
    const old = { ...naming, oldInputs: { metadata: autonamed } };

    expect(withName({}, old)).to.deep.equal({ metadata: autonamed });
  });

  it("waits for a name, or metadata, that is not known yet", () => {
    const unnamed: PropertyMap = { metadata: { name: UNKNOWN } };
    const bare: PropertyMap = { metadata: UNKNOWN };

    expect(withName(unnamed, naming)).to.deep.equal(unnamed);
    expect(withName(bare, naming)).to.deep.equal(bare);
  });

  it("is made up the same from the same seed, and otherwise not", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        expect(uniqueSuffix(bytes)).to.equal(uniqueSuffix(bytes));
      }),
    );
    expect(uniqueSuffix(seed)).to.not.equal(uniqueSuffix(new Uint8Array([3, 2, 1])));
  });

  it("comes without the managed-by label, unless an older plugin set it", () => {
    const labels = { "app.kubernetes.io/managed-by": "pulumi" };

    expect(withManagedBy({ metadata: {} }, {})).to.deep.equal({ metadata: {} });
    expect(withManagedBy({ metadata: {} }, { metadata: { labels } })).to.deep.equal({
      metadata: { labels },
    });
  });
});

describe("a type token", () => {
  const kinds: readonly [string, string, string][] = [
    ["kubernetes:core/v1:Service", "v1", "Service"],
    ["kubernetes:apps/v1:Deployment", "apps/v1", "Deployment"],
    ["kubernetes:rbac.authorization.k8s.io/v1:Role", "rbac.authorization.k8s.io/v1", "Role"],
    ["kubernetes:datadoghq.com/v2alpha1:DatadogAgent", "datadoghq.com/v2alpha1", "DatadogAgent"],
  ];
  for (const [token, apiVersion, kind] of kinds) {
    it(`${token} names ${apiVersion} ${kind}`, () => {
      expect(kindOfToken(token)).to.deep.equal({ apiVersion, kind });
      expect(refusalOf(token, kind)).to.equal(undefined);
    });
  }

  for (const token of ["kubernetes:yaml:ConfigFile", "kubernetes:index:x", "aws:s3/v1:Bucket"]) {
    it(`refuses ${token}`, () => {
      expect(() => kindOfToken(token)).to.throw(token);
    });
  }

  const refused: readonly [string, string, string][] = [
    ["kubernetes:helm.sh/v3:Release", "Release", "needs Helm"],
    ["kubernetes:helm.sh/v4:Chart", "Chart", "needs Helm"],
    ["kubernetes:apps/v1:DeploymentList", "DeploymentList", "declare its items one by one"],
    ["kubernetes:apps/v1:DeploymentPatch", "Deployment", "own the whole object"],
  ];
  for (const [token, kind, reason] of refused) {
    it(`refuses ${token} with the way out`, () => {
      expect(refusalOf(token, kind)).to.contain(reason);
    });
  }

  it("serves custom kinds that only sound like lists or patches", () => {
    expect(refusalOf("kubernetes:example.com/v1:ShoppingList", "ShoppingList")).to.equal(undefined);
    expect(refusalOf("kubernetes:example.com/v1:EyePatch", "EyePatch")).to.equal(undefined);
  });
});
