import { expect } from "chai";
import { columns } from "../../../cli/framework/columns.ts";
import { ledgerRows } from "../../../cli/sandbox/order-ledger.ts";
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
