import { expect } from "chai";
import { UNKNOWN } from "../../policies/values.ts";
import { findings } from "../support/problems.ts";
import { deployment } from "../support/policies/rule-case.ts";

describe("the fault proxy, as long as something is unknown", () => {
  const judged = (incident: unknown, image: unknown) => {
    const stack = { name: "sandbox", incident, resources: [deployment({ image })] };
    return findings("fault-proxy", stack).map(({ message, undecided }) => ({
      message: message.split("\n")[0],
      undecided,
    }));
  };
  const proxy = "envoyproxy/envoy:v1.35.0";

  it("is undecided by the state, where there is a proxy", () => {
    expect(judged(UNKNOWN, proxy)).to.deep.equal([
      {
        message: "shop: undecided: output incident of the stack is not known before the update.",
        undecided: true,
      },
    ]);
    expect(judged(UNKNOWN, "weaveworksdemos/payment:0.4.3")).to.deep.equal([]);
  });

  it("is undecided by the image", () => {
    const [found, ...others] = judged("none", UNKNOWN);

    expect(found?.undecided).to.equal(true);
    expect(found?.message).to.match(/: undecided: image is not known before the update\.$/);
    expect(others).to.deep.equal([]);
  });
});
