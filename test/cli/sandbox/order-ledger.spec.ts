import { expect } from "chai";
import { columns } from "../../../cli/framework/help.ts";
import { ledgerRows, settledPods } from "../../../cli/sandbox/order-ledger.ts";
import type { PodReport } from "../../../sandbox/shop/control-app.ts";
import { reconcile } from "../../../sandbox/shop/ledger.ts";

describe("the ledger of lab status", () => {
  it("shows what became of the orders, also of those that were lost", () => {
    const ledger = reconcile([
      ...Array.from({ length: 12 }, () => ({ kind: "order-attempted" }) as const),
      { kind: "order-answered", status: 201 },
      { kind: "order-answered", status: 500 },
      { kind: "order-answered", status: 500 },
      { kind: "payment-decided", trace: "a", authorised: true },
      { kind: "order-saved", trace: "a", orderId: "1", status: "SHIPPED" },
      { kind: "shipment-accepted", trace: "a" },
      { kind: "payment-decided", trace: "b", authorised: true },
      { kind: "order-saved", trace: "c", orderId: "2", status: "PAYMENT_FAILED" },
    ]);

    expect(columns(ledgerRows(ledger), "")).to.deep.equal([
      "tried              12   answered 1 × 201, 2 × 500",
      "placed              1",
      "saved               2   1 SHIPPED, 1 PAYMENT_FAILED",
      "authorised          2   0 declined",
      "shipped             1",
      "lost                1   paid, no order saved",
      "paid but failed     0   paid, order saved as PAYMENT_FAILED",
      "paid not shipped    0   paid, order saved, nothing shipped",
      "duplicated          0   paid or saved more than once",
    ]);
  });

  it("is all zeros before the first order", () => {
    const rows = ledgerRows(reconcile([]));

    expect(new Set(rows.map(([, count]) => count))).to.deep.equal(new Set(["0"]));
  });
});

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
