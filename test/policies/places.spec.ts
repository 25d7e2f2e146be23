import { expect } from "chai";
import type { Stack } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { judgeAll, judgeResource } from "../../policies/verdict.ts";
import { judgedStack } from "../support/judged-stack.ts";
import { changed, GONE } from "../support/rule-case.ts";

/** The stack under another name, as `pulumi stack init` would make it. */
function renamed(stack: Stack, name: string): Stack {
  return { ...stack, name, resources: stack.resources.map((it) => ({ ...it, stack: name })) };
}

function rule(name: string) {
  const found = rules.find((it) => it.name === name);
  if (found === undefined) throw new Error(`no rule ${name}`);
  return found;
}

function problems(name: string, stack: Stack, config: object = {}): string[] {
  const findings = judgeAll([rule(name)], stack, { [name]: config });
  return findings.map(({ message }) => message.split("\n")[0] ?? "");
}

describe("where incidents may be staged", () => {
  let healthy: Stack;
  let down: Stack;

  before(async () => {
    healthy = await judgedStack("sandbox", "none");
    down = await judgedStack("sandbox", "payment-down");
  });

  it("is not asked of a healthy stack, wherever it is", () => {
    expect(problems("incident-places", renamed(healthy, "prod-eu"))).to.deep.equal([]);
  });

  it("is refused in a stack that is not on the list", () => {
    expect(problems("incident-places", renamed(down, "staging"))).to.deep.equal([
      "staging: incident payment-down in a stack that is not on the list.",
    ]);
  });

  it("is refused where context and namespace look like production, even if on the list", () => {
    const production = changed(
      changed(down, {
        on: "kubernetes cluster",
        path: ["context"],
        to: "gke_shop_prod-1",
      }),
      { on: "Namespace sock-shop", path: ["metadata", "name"], to: "shop-live" },
    );
    const config = { contexts: ["gke_shop_prod-1"] };

    expect(problems("incident-places", production, config)).to.deep.equal([
      "cluster: incident payment-down in gke_shop_prod-1, which looks like production.",
      "sock-shop: incident payment-down in shop-live, which looks like production.",
    ]);
  });

  it("does not take product or deliver for production", () => {
    const other = renamed(down, "product-delivery");

    expect(problems("incident-places", other, { stacks: ["product-delivery"] })).to.deep.equal([]);
  });

  it("goes by what is declared where the stack does not name its state", () => {
    const silent = changed(down, { on: "the stack", path: ["incident"], to: undefined });

    expect(problems("incident-places", renamed(silent, "staging"))).to.deep.equal([
      "staging: payment without pods in a stack that is not on the list.",
    ]);
    expect(problems("zero-replicas", silent)).to.deep.equal([
      "payment: it has 0 replicas, and the incident state is not given.",
    ]);
  });
});

describe("payment without pods", () => {
  it("is an incident in state payment-down, and a mistake in state none", async () => {
    const down = await judgedStack("sandbox", "payment-down");
    const left = { ...down, incident: "none" };

    expect(problems("zero-replicas", down)).to.deep.equal([]);
    expect(problems("zero-replicas", left)).to.deep.equal([
      "payment: it has 0 replicas, and the incident state is none.",
    ]);
  });
});

describe("the fault proxy", () => {
  for (const state of ["payment-slow", "payment-errors", "shipping-slow"]) {
    it(`is what ${state} needs, and a left-over in other states`, async () => {
      const slow = await judgedStack("sandbox", state);

      expect(problems("fault-proxy", slow)).to.deep.equal([]);
      for (const other of ["none", "payment-down"]) {
        const [problem] = problems("fault-proxy", { ...slow, incident: other });
        expect(problem).to.match(
          new RegExp(`: it exists while the incident state is ${other}\\.$`),
        );
      }
    });
  }
});

describe("the size of the load", () => {
  const users = (stack: Stack, words: readonly string[]) =>
    problems(
      "load-job",
      changed(stack, {
        on: "Job locust-payment-failure",
        path: ["spec", "template", "spec", "containers", 0, "args"],
        to: words,
      }),
    );

  it("is allowed up to 500 users and 3900 seconds, and not one more", async () => {
    const stack = await judgedStack("sandbox", "payment-down");
    const name = "locust-payment-failure";
    const deadline = (to: unknown) =>
      problems(
        "load-job",
        changed(stack, { on: `Job ${name}`, path: ["spec", "activeDeadlineSeconds"], to }),
      );

    expect(users(stack, ["--users=500"])).to.deep.equal([]);
    expect(users(stack, ["--users=501"])).to.deep.equal([`${name}: it plays more than 500 users.`]);
    expect(users(stack, [])).to.deep.equal([`${name}: it does not say how many users it plays.`]);
    expect(deadline(3900)).to.deep.equal([]);
    expect(deadline(3901)).to.deep.equal([`${name}: its deadline is above 3900 s.`]);
    expect(deadline(GONE)).to.deep.equal([`${name}: it has no deadline.`]);
  });
});

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
      resource === undefined ? undefined : judgeResource(rule("image-digests"), resource, {});

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
