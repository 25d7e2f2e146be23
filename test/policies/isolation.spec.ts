import { expect } from "chai";
import { UNKNOWN } from "../../policies/values.ts";
import type { Stack } from "../../policies/rule.ts";
import { judgedStack } from "../support/policies/judged-stack.ts";
import { findings, problems } from "../support/problems.ts";
import { changed, GONE, resource } from "../support/policies/rule-case.ts";

const closing = "NetworkPolicy default-deny";

describe("a namespace that is closed", () => {
  let stack: Stack;

  before(async () => {
    stack = await judgedStack("sandbox", "none");
  });

  const isolation = (on: string, path: readonly string[], to: unknown) =>
    problems("namespace-isolation", changed(stack, { on, path, to }));

  it("lets not everything through again, in any of its policies", () => {
    const everywhere = [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }];
    const onPort = [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ port: 443 }] }];

    expect(isolation(closing, ["spec", "ingress"], [{}])).to.deep.equal([
      "default-deny: it lets everything in.",
    ]);
    expect(isolation("NetworkPolicy payment", ["spec", "egress"], [{}])).to.deep.equal([
      "payment: it lets everything out.",
    ]);
    expect(isolation(closing, ["spec", "egress"], [{ to: [], ports: [] }])).to.have.length(1);
    expect(isolation(closing, ["spec", "egress"], everywhere)).to.have.length(1);
    expect(isolation(closing, ["spec", "egress"], onPort)).to.deep.equal([]);
    expect(isolation(closing, ["spec", "ingress"], [])).to.deep.equal([]);
  });

  it("may be closed by an explicitly empty selector", () => {
    const empty = { matchLabels: {}, matchExpressions: [] };

    expect(isolation(closing, ["spec", "podSelector"], empty)).to.deep.equal([]);
    expect(isolation(closing, ["spec", "podSelector"], { matchLabels: { a: "b" } })).to.deep.equal([
      "sock-shop: no network policy closes namespace sock-shop.",
    ]);
  });

  it("is undecided while what closes it is unknown, as advice and without hiding another", () => {
    const open = resource("kubernetes:core/v1:Namespace", "other", { metadata: { name: "other" } });
    const unknown = changed(stack, { on: closing, path: ["spec", "policyTypes", 1], to: UNKNOWN });

    const found = findings("namespace-isolation", changed(unknown, open));

    expect(found.map(({ where, undecided, counts }) => [where, undecided, counts])).to.deep.equal([
      ["sock-shop", true, false],
      ["other", false, true],
    ]);
    expect(found[0]?.message).to.contain("undecided: spec.policyTypes.1 is not known");
  });
});

describe("a service that is complete", () => {
  let stack: Stack;

  before(async () => {
    stack = await judgedStack("sandbox", "none");
  });

  const complete = (on: string, path: readonly string[], to: unknown) =>
    problems("service-complete", changed(stack, { on, path, to }));

  it("has a policy that selects its pods", () => {
    const selector = ["spec", "podSelector"];
    const policy = "NetworkPolicy payment";
    const expression = (key: string, operator: string, values: readonly string[] = []) =>
      complete(policy, selector, { matchExpressions: [{ key, operator, values }] });

    expect(complete(policy, selector, { matchLabels: { name: "other" } })).to.deep.equal([
      "payment: it selects none of the pods of payment.",
    ]);
    expect(expression("name", "In", ["payment"])).to.deep.equal([]);
    expect(expression("name", "In", ["other"])).to.have.length(1);
    expect(expression("name", "NotIn", ["other"])).to.deep.equal([]);
    expect(expression("name", "NotIn", ["payment"])).to.have.length(1);
    expect(expression("name", "Exists")).to.deep.equal([]);
    expect(expression("absent", "Exists")).to.have.length(1);
    expect(expression("absent", "DoesNotExist")).to.deep.equal([]);
    expect(expression("name", "DoesNotExist")).to.have.length(1);
  });

  it("is missed where none of them runs", () => {
    const without = stack.resources.filter(({ type }) => !type.startsWith("kubernetes:"));

    expect(problems("service-complete", { ...stack, resources: without })).to.deep.equal([
      "sandbox: none of the shop's services runs.",
    ]);
    expect(problems("service-complete", { name: "other", resources: without })).to.deep.equal([]);
  });

  it("is missed although something else has no name yet", () => {
    const unnamed = changed(stack, {
      on: "Service payment",
      path: ["metadata", "name"],
      to: UNKNOWN,
    });
    const lacking = changed(unnamed, {
      on: "NetworkPolicy orders",
      path: ["metadata", "name"],
      to: GONE,
    });
    const moved = changed(lacking, {
      on: "NetworkPolicy carts",
      path: ["metadata", "namespace"],
      to: "other",
    });

    expect(problems("service-complete", moved)).to.deep.equal([
      "carts: there is no network policy of this name in sock-shop.",
      "payment: undecided: metadata.name is not known before the update.",
    ]);
  });
});
