import { expect } from "chai";
import { settledPods } from "../../../cli/sandbox/settled-pods.ts";
import type { PodReport } from "../../../sandbox/shop/control-app.ts";

describe("waiting for the shop's pods", () => {
  const pod = (change: Partial<PodReport>): PodReport => ({
    ...{ name: "payment-0", workload: "payment", image: "x", ready: true, restarts: 0 },
    settled: true,
    ...change,
  });

  /** Lines of trouble, and the times that were waited. */
  async function outcome(...answers: readonly (readonly PodReport[])[]) {
    let asked = 0;
    let waitedMs = 0;
    const lines = await settledPods(
      () => Promise.resolve(answers[Math.min(asked++, answers.length - 1)] ?? []),
      (ms) => Promise.resolve((waitedMs += ms)),
    );
    return { lines, waitedMs };
  }

  it("does not wait where all are ready, or there is none", async () => {
    expect(await outcome([pod({})])).to.deep.equal({ lines: [], waitedMs: 0 });
    expect(await outcome([])).to.deep.equal({ lines: [], waitedMs: 0 });
  });

  it("waits until the cluster, too, knows that a pod is ready", async () => {
    const known = await outcome([pod({ settled: false })], [pod({})]);

    expect(known).to.deep.equal({ lines: [], waitedMs: 100 });
  });

  it("gives a pod that starts half a minute, one that says it cannot ten seconds", async () => {
    const starting = pod({ ready: false, settled: false, problem: "ContainerCreating" });
    const unknown = pod({ ready: false, settled: false, problem: "unknown image" });

    expect(await outcome([starting, unknown])).to.deep.equal({
      lines: [
        "pod payment-0 is not ready: ContainerCreating",
        "pod payment-0 is not ready: unknown image",
      ],
      waitedMs: 30_000,
    });
    expect((await outcome([pod({}), unknown])).waitedMs).to.equal(10_000);
  });

  it("says so where a pod just gives no good answer", async () => {
    const { lines } = await outcome([pod({ ready: false, settled: false })]);

    expect(lines).to.deep.equal(["pod payment-0 is not ready: no good answer in 30 s"]);
  });
});
