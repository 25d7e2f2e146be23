import { expect } from "chai";
import { UNKNOWN } from "../../policies/values.ts";
import { problems } from "../support/problems.ts";
import { resource } from "../support/policies/rule-case.ts";

function role(inputs: object): string[] {
  const type = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole";
  const resources = [resource(type, "guard", inputs)];
  return problems("no-rbac-wildcards", { name: "sandbox", resources });
}

const rule = (verbs: readonly unknown[], resources: readonly unknown[] = ["pods"]) =>
  role({ rules: [{ apiGroups: [""], resources, verbs }] });

describe("roles", () => {
  it("give nobody a verb that grants further rights", () => {
    expect(rule(["get", "bind", "escalate"])).to.deep.equal([
      "guard: rule 0 gives the verb bind.",
      "guard: rule 0 gives the verb escalate.",
    ]);
    expect(rule(["impersonate"])).to.have.length(1);
    expect(rule(["get", "patch"])).to.deep.equal([]);
  });

  it("take over no other role", () => {
    const labels = { "rbac.authorization.k8s.io/aggregate-to-admin": "true" };
    const clusterRoleSelectors = [{ matchLabels: labels }];

    expect(role({ aggregationRule: { clusterRoleSelectors } })).to.deep.equal([
      "guard: it aggregates the rules of other roles.",
    ]);
    expect(role({ aggregationRule: null })).to.deep.equal([]);
  });

  it("are undecided while a word of a rule is unknown, unless another decides it", () => {
    expect(rule(["get", UNKNOWN])).to.deep.equal([
      "guard: undecided: verbs.1 is not known before the update.",
    ]);
    expect(rule(["get"], [UNKNOWN])).to.deep.equal([
      "guard: undecided: resources.0 is not known before the update.",
    ]);
    expect(rule([UNKNOWN, "*"])).to.include("guard: rule 0 has a wildcard in verbs.");
  });
});
