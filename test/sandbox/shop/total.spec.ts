import { expect } from "chai";
import fc from "fast-check";
import { authorise } from "../../../sandbox/shop/services/payment/authorise.ts";
import { orderTotal } from "../../../sandbox/shop/services/orders/total.ts";

const item = fc.record({
  quantity: fc.integer({ min: 1, max: 50 }),
  unitPrice: fc.integer({ min: 1, max: 20_000 }).map((cents) => cents / 100),
});

describe("an order's total", () => {
  for (const [prices, total] of [
    [[99.99], 104.979996],
    [[15], 19.99],
    [[99.99, 15], 119.979996],
    [[14], 18.99],
    [[], 4.99],
  ] as const) {
    it(`is ${total} for ${prices.join(" + ") || "an empty cart"}`, () => {
      const items = prices.map((unitPrice) => ({ quantity: 1, unitPrice }));

      expect(orderTotal(items)).to.equal(Math.fround(total));
    });
  }

  it("is always a 32-bit float within rounding of the exact sum", () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 10 }), (items) => {
        const total = orderTotal(items);
        const exact = items.reduce(
          (sum, { quantity, unitPrice }) => sum + quantity * unitPrice,
          4.99,
        );

        expect(Math.fround(total)).to.equal(total);
        expect(Math.abs(total - exact)).to.be.at.most(exact * 2 ** -22);
      }),
    );
  });

  it("does not depend on how equal items are grouped", () => {
    const pair = { quantity: 2, unitPrice: 15 };

    expect(orderTotal([pair])).to.equal(
      orderTotal([
        { ...pair, quantity: 1 },
        { ...pair, quantity: 1 },
      ]),
    );
  });
});

describe("payment's decision", () => {
  const limit = 105;

  it("authorises the limit itself and declines the next float above it", () => {
    expect(authorise(105, limit)).to.deep.equal({
      authorised: true,
      message: "Payment authorised",
    });
    expect(authorise(Math.fround(105.00001), limit)).to.deep.equal({
      authorised: false,
      message: "Payment declined: amount exceeds 105.00",
    });
  });

  it("takes the holy sock at 105 and not at 100", () => {
    const total = orderTotal([{ quantity: 1, unitPrice: 99.99 }]);

    expect(authorise(total, 105).authorised).to.equal(true);
    expect(authorise(total, 100)).to.have.property(
      "message",
      "Payment declined: amount exceeds 100.00",
    );
  });

  for (const amount of [0, -0.01]) {
    it(`calls ${amount} invalid`, () => {
      expect(authorise(amount, limit)).to.deep.equal({
        authorised: false,
        error: "Invalid payment amount",
      });
    });
  }
});
