import { expect } from "chai";
import type { Stack } from "../../policies/rule.ts";
import { evaluateResource } from "../../policies/evaluate.ts";
import { judgedStack } from "../support/policies/judged-stack.ts";
import { problems, renamed, ruleOf } from "../support/problems.ts";
import { changed } from "../support/policies/rule-case.ts";

describe("rules that hold in some stacks only", () => {
  it("want a recipient where somebody is to be woken", async () => {
    const stack = renamed(await judgedStack("sandbox", "none"), "staging");
    const on = "Monitor payment-down";
    const message = (to: string) => changed(stack, { on, path: ["message"], to });
    const unheard = (judged: Stack) =>
      problems("monitor-recipient", judged).map((problem) => problem.split(":")[0]);
    const others = [
      "agent-not-reporting",
      "lost-money",
      "order-budget-burns-fast",
      "order-budget-burns-slowly",
      "order-failures",
      "orders-fail-payment-up",
      "payment-budget-burns",
      "payment-no-replicas",
    ];

    expect(unheard(stack).sort()).to.deep.equal([...others, "payment-down"].sort());
    expect(unheard(message("down! @pagerduty-shop")).sort()).to.deep.equal(others);
    expect(unheard(message("ask shop@example.com"))).to.include("payment-down");
  });

  it("ask for digests when they are switched on", async () => {
    const stack = await judgedStack("sandbox", "none");
    const payment = stack.resources.filter(
      ({ type, name }) => type.endsWith(":Deployment") && name === "payment",
    );
    const path = ["spec", "template", "spec", "containers", 0, "image"];
    const [pinned] = changed(
      { ...stack, resources: payment },
      { on: "Deployment payment", path, to: `payment:1@sha256:${"0".repeat(64)}` },
    ).resources;
    const own = (resource: Stack["resources"][number] | undefined) =>
      resource === undefined ? undefined : evaluateResource(ruleOf("image-digests"), resource, {});

    expect(own(payment[0])).to.have.length(1);
    expect(own(pinned)).to.deep.equal([]);
  });
});

describe("the lease of an incident", () => {
  const guard = "Deployment payment-slow-lease";
  let slow: Stack;

  before(async () => {
    slow = await judgedStack("sandbox", "payment-slow");
  });

  it("is missed where nothing ends the incident", () => {
    const resources = slow.resources.filter(({ name }) => name !== "payment-slow-lease");

    expect(problems("incident-lease", { ...slow, resources })).to.deep.equal([
      "lease: the incident state is payment-slow, and no guard ends it.",
    ]);
  });

  it("is as long as allowed, and not longer", () => {
    const path = ["metadata", "annotations", "sock-shop/lease"];
    const lasting = (to: string) => changed(slow, { on: guard, path, to });

    expect(problems("incident-lease", lasting("1440m"))).to.deep.equal([]);
    expect(problems("incident-lease", lasting("1441m"))).to.deep.equal([
      "payment-slow-lease: its lease of 1441m is above 24 h.",
    ]);
    expect(problems("incident-lease", lasting("1h"), { hours: 0.5 })).to.have.length(1);
    expect(problems("incident-lease", lasting("soon"))).to.deep.equal([
      "payment-slow-lease: its annotation sock-shop/lease gives no length such as 2h.",
    ]);
  });

  it("needs a pod, and an incident", () => {
    const without = changed(slow, { on: guard, path: ["spec", "replicas"], to: 0 });

    expect(problems("incident-lease", without)).to.deep.equal([
      "payment-slow-lease: it has no pods.",
    ]);
    expect(problems("incident-lease", { ...slow, incident: "none" })).to.deep.equal([
      "payment-slow-lease: it exists while no incident is staged.",
    ]);
  });
});
