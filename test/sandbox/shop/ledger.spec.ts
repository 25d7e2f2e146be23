import { expect } from "chai";
import fc from "fast-check";
import type { LedgerEvent, OrderStatus } from "../../../sandbox/shop/ledger.ts";
import { reconcile } from "../../../sandbox/shop/ledger.ts";

const authorised = (trace: string): LedgerEvent => ({
  kind: "payment-decided",
  trace,
  authorised: true,
});
const saved = (trace: string, orderId: string, status?: OrderStatus): LedgerEvent => ({
  kind: "order-saved",
  trace,
  orderId,
  ...(status === undefined ? {} : { status }),
});
const shipped = (trace: string): LedgerEvent => ({ kind: "shipment-accepted", trace });

describe("the ledger", () => {
  it("counts an order that went well once", () => {
    expect(
      reconcile([
        { kind: "order-attempted" },
        { kind: "order-received", trace: "a" },
        authorised("a"),
        shipped("a"),
        saved("a", "1"),
        { kind: "order-answered", status: 201 },
      ]),
    ).to.deep.equal({
      tried: 1,
      placed: 1,
      answered: { "201": 1 },
      saved: { CREATED: 0, PENDING: 0, PAID: 0, SHIPPED: 0, PAYMENT_FAILED: 0, none: 1 },
      authorised: 1,
      declined: 0,
      shipped: 1,
      lost: 0,
      paidButFailed: 0,
      paidNotShipped: 0,
      duplicated: 0,
    });
  });

  it("calls money taken without an order lost, and no longer once the order is saved", () => {
    expect(reconcile([authorised("a")]).lost).to.equal(1);
    expect(reconcile([authorised("a"), saved("a", "1")]).lost).to.equal(0);
  });

  it("does not call a decline or an order without payment lost", () => {
    const declined: LedgerEvent = { kind: "payment-decided", trace: "a", authorised: false };

    expect(reconcile([declined, saved("b", "1", "PENDING")])).to.include({ lost: 0, declined: 1 });
  });

  it("tells money taken for a failed order from money taken for an unshipped one", () => {
    const events = [
      authorised("a"),
      saved("a", "1", "PAYMENT_FAILED"),
      authorised("b"),
      saved("b", "2", "PAID"),
    ];

    expect(reconcile(events)).to.include({ lost: 0, paidButFailed: 1, paidNotShipped: 1 });
  });

  it("keeps only the last status of an order", () => {
    const events = [
      saved("a", "1", "CREATED"),
      saved("a", "1", "PENDING"),
      saved("a", "1", "PAID"),
    ];

    expect(reconcile(events).saved).to.include({ CREATED: 0, PENDING: 0, PAID: 1 });
  });

  it("counts second authorisations and second orders of one request as duplicates", () => {
    const events = [authorised("a"), authorised("a"), saved("a", "1"), saved("a", "2")];

    expect(reconcile(events).duplicated).to.equal(2);
  });
});

const trace = fc.constantFrom("a", "b", "c", "d");
const anyEvent: fc.Arbitrary<LedgerEvent> = fc.oneof(
  fc.constant<LedgerEvent>({ kind: "order-attempted" }),
  fc.record({
    kind: fc.constant("order-answered" as const),
    status: fc.constantFrom(201, 406, 500),
  }),
  trace.map(authorised),
  trace.map(shipped),
  fc.record({
    kind: fc.constant("payment-decided" as const),
    trace,
    authorised: fc.constant(false),
  }),
  fc
    .tuple(trace, fc.constantFrom("1", "2"), fc.constantFrom<OrderStatus>("PAID", "PAYMENT_FAILED"))
    .map(([of, id, status]) => saved(of, of + id, status)),
);

describe("whatever happened", () => {
  it("every request that took money is lost, failed or kept, and of one kind only", () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        const ledger = reconcile(events);
        const paying = new Set(
          events.flatMap((event) =>
            event.kind === "payment-decided" && event.authorised ? [event.trace] : [],
          ),
        );
        const saving = new Set(
          events.flatMap((event) => (event.kind === "order-saved" ? [event.trace] : [])),
        );

        expect(ledger.lost).to.equal([...paying].filter((of) => !saving.has(of)).length);
        expect(ledger.lost + ledger.paidButFailed + ledger.paidNotShipped).to.be.at.most(
          paying.size,
        );
        expect(ledger.authorised - paying.size).to.be.at.most(ledger.duplicated);
      }),
    );
  });

  it("the order of events matters only to an order's last status", () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        const forwards = reconcile(events);
        const backwards = reconcile([...events].reverse());

        for (const figure of ["tried", "placed", "authorised", "shipped", "lost"] as const) {
          expect(backwards[figure]).to.equal(forwards[figure]);
        }
      }),
    );
  });

  it("more money taken never makes fewer orders lost", () => {
    fc.assert(
      fc.property(fc.array(anyEvent), trace, (events, of) => {
        expect(reconcile([...events, authorised(of)]).lost).to.be.at.least(reconcile(events).lost);
      }),
    );
  });
});
