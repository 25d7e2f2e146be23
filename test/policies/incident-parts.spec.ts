import { expect } from "chai";
import { UNKNOWN } from "../../policies/values.ts";
import type { Resource, Stack } from "../../policies/rule.ts";
import { judgedStack } from "../support/policies/judged-stack.ts";
import { problems } from "../support/problems.ts";
import { changed, GONE } from "../support/policies/rule-case.ts";

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

describe("a fault proxy by another image", () => {
  const image = "registry.example.com/mirror/fault-proxy:1.40.0";

  it("is known by its label, in every state that needs none", async () => {
    for (const state of ["payment-slow", "shipping-slow"]) {
      const faults = { "sock-shop:faults": JSON.stringify({ image }) };
      const slow = await judgedStack("sandbox", state, faults);

      expect(problems("fault-proxy", slow)).to.deep.equal([]);
      expect(problems("fault-proxy", { ...slow, incident: "none" })).to.have.length(1);
    }
  });

  it("is undecided while its image is unknown, and hides no other proxy", async () => {
    const slow = await judgedStack("sandbox", "payment-slow");
    const path = ["spec", "template", "spec", "containers", 0, "image"];
    const left = { ...slow, incident: "none" };
    const unknown = changed(left, { on: "Deployment orders", path, to: UNKNOWN });

    expect(problems("fault-proxy", unknown).sort()).to.deep.equal([
      "orders: undecided: image is not known before the update.",
      ...problems("fault-proxy", left),
    ]);
  });
});

describe("the size of the load", () => {
  const container = ["spec", "template", "spec", "containers", 0] as const;
  const resources = { limits: { cpu: "1", memory: "1Gi" } };
  const of = (stack: Stack, path: readonly (string | number)[], to: unknown) =>
    problems("load-job", changed(stack, { on: "Job locust-payment-failure", path, to }));
  const users = (stack: Stack, words: readonly unknown[]) =>
    of(stack, [...container, "args"], words);

  it("is allowed up to 500 users and 3900 seconds, and not one more", async () => {
    const stack = await judgedStack("sandbox", "payment-down");
    const name = "locust-payment-failure";
    const deadline = (to: unknown) => of(stack, ["spec", "activeDeadlineSeconds"], to);

    expect(users(stack, ["--users=500"])).to.deep.equal([]);
    expect(users(stack, ["--users=501"])).to.deep.equal([
      `${name}: it simulates more than 500 users.`,
    ]);
    expect(users(stack, [])).to.deep.equal([
      `${name}: it does not say how many users it simulates.`,
    ]);
    expect(deadline(3900)).to.deep.equal([]);
    expect(deadline(3901)).to.deep.equal([`${name}: its deadline is above 3900 s.`]);
    expect(deadline(GONE)).to.deep.equal([`${name}: it has no deadline.`]);
  });

  it("is the largest that any spelling asks for, of all containers together", async () => {
    const stack = await judgedStack("sandbox", "payment-down");
    const tooMany = ["locust-payment-failure: it simulates more than 500 users."];
    const unsaid = ["locust-payment-failure: it does not say how many users it simulates."];

    expect(users(stack, ["--users=10", "--users=501"])).to.deep.equal(tooMany);
    expect(users(stack, ["--users=501", "--users=10"])).to.deep.equal(tooMany);
    expect(users(stack, ["--users=10", "-u", "501"])).to.deep.equal(tooMany);
    expect(users(stack, ["--users", "501"])).to.deep.equal(tooMany);
    expect(users(stack, ["-u501"])).to.deep.equal(tooMany);
    expect(users(stack, ["--user=501"])).to.deep.equal(tooMany);
    expect(users(stack, ["locust --headless -u 501"])).to.deep.equal(tooMany);
    expect(users(stack, ["-u", "500"])).to.deep.equal([]);
    expect(users(stack, ["--users=10", "--users=$(MORE)"])).to.deep.equal(unsaid);
    expect(
      of(stack, [...container, "env"], [{ name: "LOCUST_USERS", value: "501" }]),
    ).to.deep.equal(tooMany);
    const twice = [
      { args: ["-u300"], resources },
      { args: ["-u300"], resources },
    ];
    expect(of(stack, [...container.slice(0, -1)], twice)).to.deep.equal(tooMany);
  });

  it("is not multiplied by pods or by a schedule", async () => {
    const stack = await judgedStack("sandbox", "payment-down");
    const load = stack.resources.find(({ type }) => type === "kubernetes:batch/v1:Job");
    const cron = { ...load, type: "kubernetes:batch/v1:CronJob" } as Resource;
    const inputs = { ...load?.inputs, spec: { jobTemplate: { spec: load?.inputs["spec"] } } };

    expect(of(stack, ["spec", "parallelism"], 2)).to.deep.equal([
      "locust-payment-failure: it runs in several pods at a time.",
    ]);
    expect(of(stack, ["spec", "completions"], 2)).to.deep.equal([
      "locust-payment-failure: it runs several times.",
    ]);
    expect(of(stack, ["spec", "parallelism"], 1)).to.deep.equal([]);
    expect(problems("load-job", { ...stack, resources: [{ ...cron, inputs }] })).to.deep.equal([
      "locust-payment-failure: it runs again on a schedule.",
    ]);
  });

  it("is the master's for its workers, of which there are at most 10", async () => {
    const config = { "sock-shop:load": '{"workers":10,"users":500}' };
    const stack = await judgedStack("sandbox", "payment-down", config);
    const name = "locust-payment-failure-workers";
    const workers = (path: readonly (string | number)[], to: unknown) =>
      problems("load-job", changed(stack, { on: `Job ${name}`, path, to }));
    const several = [`${name}: it runs in several pods at a time.`];

    expect(problems("load-job", stack)).to.deep.equal([]);
    expect(users(stack, ["--master", "--users=501"])).to.deep.equal([
      "locust-payment-failure: it simulates more than 500 users.",
    ]);
    expect(of(stack, ["spec", "parallelism"], 2)).to.deep.equal([
      "locust-payment-failure: it runs in several pods at a time.",
    ]);
    expect(workers(["spec", "parallelism"], 11)).to.deep.equal(several);
    expect(workers(["spec", "completions"], 11)).to.deep.equal([`${name}: it runs several times.`]);
    expect(workers([...container, "args"], ["--users=5"])).to.deep.equal([
      ...several,
      `${name}: it runs several times.`,
    ]);
    expect(workers([...container, "args"], ["--worker", "--users=501"])).to.deep.equal([
      `${name}: it simulates more than 500 users.`,
    ]);
    expect(workers([...container, "resources"], {})).to.deep.equal([
      `${name}: it has no resource limits.`,
    ]);
  });

  it("is asked of whatever runs locust, with the label or without", async () => {
    const stack = await judgedStack("sandbox", "payment-down");
    const path = ["metadata", "labels"];
    const unlabelled = changed(stack, { on: "Job locust-payment-failure", path, to: {} });

    expect(of(unlabelled, ["spec", "backoffLimit"], 6)).to.deep.equal([
      "locust-payment-failure: it is retried when it fails.",
    ]);
  });

  it("is undecided where it is unknown, and hides nothing that is wrong besides", async () => {
    const stack = await judgedStack("sandbox", "payment-down");
    const eager = changed(stack, {
      on: "Job locust-payment-failure",
      path: ["spec", "ttlSecondsAfterFinished"],
      to: 1,
    });

    expect(of(stack, [...container, "resources"], UNKNOWN)).to.deep.equal([
      "locust-payment-failure: undecided: resources is not known before the update.",
    ]);
    expect(of(eager, ["spec", "backoffLimit"], UNKNOWN)).to.deep.equal([
      "locust-payment-failure: undecided: spec.backoffLimit is not known before the update.",
      "locust-payment-failure: it removes itself.",
    ]);
    expect(of(stack, ["spec", "activeDeadlineSeconds"], UNKNOWN)).to.have.length(1);
    expect(users(stack, ["--users=10", UNKNOWN])).to.deep.equal([
      "locust-payment-failure: undecided: args.1 is not known before the update.",
    ]);
  });
});
