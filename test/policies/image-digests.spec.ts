import { expect } from "chai";
import { UNKNOWN } from "../../policies/values.ts";
import type { Resource } from "../../policies/rule.ts";
import { evaluateResource } from "../../policies/evaluate.ts";
import { ruleOf } from "../support/problems.ts";
import { deployment } from "../support/policies/rule-case.ts";

/** The rule is off by default, so it is asked by itself. */
function problems(...resources: readonly Resource[]): string[] {
  return resources
    .flatMap((resource) => evaluateResource(ruleOf("image-digests"), resource, {}))
    .map(({ message }) => message.split("\n")[0] ?? "");
}

describe("the digest of an image", () => {
  const digest = `sha256:${"0".repeat(64)}`;

  it("is all of 64 digits, with or without a tag", () => {
    expect(problems(deployment({ image: `shop@${digest}` }))).to.deep.equal([]);
    expect(problems(deployment({ image: `shop:1@${digest}` }))).to.deep.equal([]);
    expect(problems(deployment({ image: `shop@${digest.slice(0, -1)}` }))).to.have.length(1);
    expect(problems(deployment({ image: "shop:1.2.3" }))).to.deep.equal([
      "shop: container shop runs shop:1.2.3.",
    ]);
  });

  it("is missed with the image, and undecided while the image is unknown", () => {
    expect(problems(deployment({}))).to.deep.equal(["shop: container shop runs no image."]);
    expect(problems(deployment({ image: UNKNOWN }))).to.deep.equal([
      "shop: undecided: image is not known before the update.",
    ]);
  });

  it("is nothing that a resource of another provider has", () => {
    const other = { ...deployment({ image: "shop:1.2.3" }), type: "aws:s3/bucket:Bucket" };

    expect(problems(other)).to.deep.equal([]);
  });
});
