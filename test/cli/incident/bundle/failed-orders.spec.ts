import { expect } from "chai";
import { failedOrders } from "../../../../cli/incident/bundle/failed-orders.ts";
import { openLedger } from "../../../../sandbox/shop/ledger.ts";

/** A ledger after some attempts: failed ones are answered with 500, and saved by the FIX build. */
function ledger(failed: number, saved: number) {
  const book = openLedger();
  for (let index = 0; index < failed; index += 1) {
    book.record({ kind: "order-answered", status: 500 });
  }
  for (let index = 0; index < saved; index += 1) {
    const trace = `t${index}`;
    book.record({ kind: "order-saved", trace, orderId: trace, status: "PAYMENT_FAILED" });
  }
  return book.read();
}

const order = (id: string, status: string) => ({ id, status, total: 19.99 });
const request = (trace: string) => ({ trace, asked: true, failure: "refused" }) as const;

describe("the export of failed orders", () => {
  const ledgers = { before: ledger(1, 1), after: ledger(3, 3) };
  const saved = [order("a", "PAYMENT_FAILED"), order("b", "PAYMENT_FAILED")];

  it("has those alone that failed, and agrees with the ledger", () => {
    const traces = [request("t1"), request("t2"), { trace: "t3", asked: true, authorised: true }];
    const found = failedOrders([...saved, order("c", "SHIPPED")], traces, ledgers);

    expect(found.saved).to.deep.equal(saved);
    expect(found.requests).to.deep.equal([request("t1"), request("t2")]);
    expect(found.check?.map(({ agrees }) => agrees)).to.deep.equal([true, true]);
  });

  it("says where it lacks an order that the ledger has", () => {
    const found = failedOrders(saved.slice(1), [request("t1"), request("t2")], ledgers);

    expect(found.check?.[0]).to.deep.equal({
      what: "orders saved as PAYMENT_FAILED",
      exported: 1,
      ledger: 2,
      agrees: false,
    });
  });

  it("is a document even where nothing failed and there is no ledger", () => {
    expect(failedOrders([], [], {})).to.deep.equal({ saved: [], requests: [] });
  });
});
