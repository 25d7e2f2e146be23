import { expect } from "chai";
import { UNKNOWN } from "../../policies/values.ts";
import { judgedStack } from "../support/policies/judged-stack.ts";
import { problems } from "../support/problems.ts";
import { changed } from "../support/policies/rule-case.ts";

describe("rules on all monitors, beside an unknown value", () => {
  it("find a monitor of a service that nothing runs, and decide those that they can", async () => {
    const stack = await judgedStack("sandbox", "none");
    const unlabelled = changed(stack, {
      on: "Deployment payment",
      path: ["metadata", "labels", "tags.datadoghq.com/service"],
      to: UNKNOWN,
    });
    const judged = problems("monitor-services", unlabelled);

    expect(judged).to.include(
      "payment-no-replicas: undecided: metadata.labels.tags.datadoghq.com/service is not known " +
        "before the update.",
    );
    expect(judged.some((line) => line.startsWith("order-failures:"))).to.equal(false);
  });

  it("find two monitors with one query", async () => {
    const stack = await judgedStack("sandbox", "none");
    const twin = stack.resources.find(({ name }) => name === "payment-no-replicas");
    if (twin === undefined) throw new Error("no such monitor");
    const doubled = { ...stack, resources: [...stack.resources, { ...twin, name: "twin" }] };
    const unknown = changed(doubled, { on: "Monitor load-running", path: ["type"], to: UNKNOWN });

    expect(problems("monitor-queries", unknown)).to.deep.equal([
      "load-running: undecided: type is not known before the update.",
      "twin: it has the same query as monitor payment-no-replicas.",
    ]);
  });
});
