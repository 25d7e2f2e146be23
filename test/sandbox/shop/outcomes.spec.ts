import { expect } from "chai";
import type { HttpRequest } from "../../../sandbox/http/message.ts";
import type { PodSpec } from "../../../sandbox/shop/pod/running-pod.ts";
import type { Generation, Shop } from "../../../simulation/timeline/simulated-shop.ts";
import { startShop, whileShippingIsSlow } from "../../../simulation/timeline/simulated-shop.ts";
import type { Reply, Shopper } from "../../../simulation/timeline/shopper.ts";
import { request, shopper, socks } from "../../../simulation/timeline/shopper.ts";

// Real HTTP through the front-end for every row of the table of outcomes of POST /orders.

const IO_ERROR = "Unable to create order due to unspecified IO error.";
const TIMEOUT = "Unable to create order due to timeout from one of the services.";
const REFUSED = /^Payment service unavailable for order [0-9a-f]{24}$/;

interface SavedOrder {
  readonly status?: string;
  readonly shipment: unknown;
  readonly total: number;
}

async function savedOrders(customer: Shopper): Promise<readonly SavedOrder[]> {
  const { status, json } = await customer.send("GET", "/orders");
  expect(status).to.equal(201);
  return json as readonly SavedOrder[];
}

function messageOf({ json }: Reply): string {
  return (json as { message: string }).message;
}

for (const generation of ["weave", "quay", "status-fix"] as const) {
  const fix = generation === "status-fix";

  describe(`POST /orders with the ${generation} images`, () => {
    let shop: Shop;
    let customer: Shopper;
    let customerId: string;

    beforeEach(async () => {
      shop = await startShop(generation, limits(generation));
      customer = shopper(shop.url("front-end"));
      customerId = await customer.signUp("ada");
      await customer.fillCart(socks.figueroa);
    });
    afterEach(() => shop.close());

    it("places an order", async () => {
      const reply = await customer.order();

      const body = reply.json as Record<string, unknown>;
      expect(reply.status).to.equal(201);
      expect(body["id"]).to.match(/^[0-9a-f]{24}$/);
      expect(body["customerId"]).to.equal(customerId);
      expect(body["total"]).to.equal(18.99);
      expect(body["status"]).to.equal(fix ? "SHIPPED" : undefined);
      expect(body["date"]).to.match(/^2030-01-02T03:04:05\.\d{3}\+0000$/);
      expect(body["card"]).to.deep.equal({
        id: null,
        longNum: "4111111111111111",
        expires: "12/30",
        ccv: "123",
      });
      expect(body["shipment"]).to.have.property("name", customerId);
      expect((await savedOrders(customer)).map(({ status }) => status)).to.deep.equal([
        fix ? "SHIPPED" : undefined,
      ]);
      expect(shop.ledger.read()).to.include({ tried: 1, placed: 1, authorised: 1, lost: 0 });
    });

    it("fails with 500 when payment has no endpoints", async () => {
      await shop.stop("payment");

      const reply = await customer.order();

      expect(reply.status).to.equal(500);
      expect(reply.json).to.include({ exception: "java.lang.IllegalStateException" });
      if (fix) expect(messageOf(reply)).to.match(REFUSED);
      else expect(messageOf(reply)).to.equal(IO_ERROR);
      expect((await savedOrders(customer)).map(statusAndShipment)).to.deep.equal(
        fix ? [["PAYMENT_FAILED", null]] : [],
      );
      expect(shop.ledger.read()).to.include({ tried: 1, placed: 0, authorised: 0, lost: 0 });
    });

    it("fails with 500 when payment is slower than five seconds, and the money is taken", async () => {
      const paymentUrl = shop.url("payment");
      const asked = new Promise<HttpRequest>((resolve) => {
        void shop.divert("payment", (late) => {
          resolve(late);
          return new Promise(() => undefined);
        });
      });

      const pending = customer.order();
      const late = await asked;
      shop.clock.pass(5_000);
      const reply = await pending;
      const trace = String(late.headers["x-b3-traceid"]);
      const headers = { "x-b3-traceid": trace };
      await request(paymentUrl + late.path, "POST", { headers, body: late.body });

      expect(reply.status).to.equal(500);
      expect(messageOf(reply)).to.equal(TIMEOUT);
      expect((await savedOrders(customer)).map(statusAndShipment)).to.deep.equal(
        fix ? [["PAYMENT_FAILED", null]] : [],
      );
      expect(shop.ledger.read()).to.include({
        authorised: 1,
        lost: fix ? 0 : 1,
        paidButFailed: fix ? 1 : 0,
      });
    });

    it("fails with 500 when payment answers 500", async () => {
      const headers = { "content-type": "text/plain" };
      await shop.divert("payment", () =>
        Promise.resolve({ status: 500, headers, body: "fault filter abort" }),
      );

      const reply = await customer.order();

      expect(reply.status).to.equal(500);
      if (fix) expect(messageOf(reply)).to.match(REFUSED);
      else expect(messageOf(reply)).to.equal(IO_ERROR);
      expect((await savedOrders(customer)).map(({ status }) => status)).to.deep.equal(
        fix ? ["PAYMENT_FAILED"] : [],
      );
    });

    it("fails with 406 when payment declines, with payment's own words", async () => {
      await customer.fillCart(socks.holy, socks.superSport);

      const reply = await customer.order();

      expect(reply.status).to.equal(406);
      expect(reply.json).to.include({
        error: "Not Acceptable",
        exception: "works.weave.socks.orders.controllers.OrdersController$PaymentDeclinedException",
        message: "Payment declined: amount exceeds 105.00",
        path: "/orders",
      });
      expect((await savedOrders(customer)).map(({ total }) => total)).to.deep.equal(
        fix ? [119.979996] : [],
      );
      expect(shop.ledger.read()).to.include({ declined: 1, authorised: 0, lost: 0 });
    });

    it("fails with 500 when shipping is slower than five seconds: paid, and lost", async () => {
      const reply = await whileShippingIsSlow(shop, () => customer.order());

      expect(reply.status).to.equal(500);
      expect(messageOf(reply)).to.equal(TIMEOUT);
      expect((await savedOrders(customer)).map(({ status }) => status)).to.deep.equal(
        fix ? ["PAID"] : [],
      );
      expect(shop.ledger.read()).to.include({
        authorised: 1,
        shipped: 0,
        lost: fix ? 0 : 1,
        paidNotShipped: fix ? 1 : 0,
      });
    });

    it("fails with 500 and the socket's words when orders is down", async () => {
      await shop.stop("orders");

      const reply = await customer.order();

      expect(reply.status).to.equal(500);
      expect(messageOf(reply)).to.match(/^connect ECONNREFUSED 127\.0\.0\.1:1$/);
      expect(reply.json).to.have.nested.property("error.code", "ECONNREFUSED");
      expect(shop.ledger.read()).to.include({ tried: 1, placed: 0 });
    });

    it("fails with 500 before calling anybody when nobody is logged in", async () => {
      const stranger = shopper(shop.url("front-end"));

      const reply = await stranger.order();

      expect(reply.status).to.equal(500);
      expect(reply.json).to.deep.equal({ message: "User not logged in.", error: {} });
      expect(shop.ledger.read().tried).to.equal(0);
    });

    it("accepts an order while the broker is down, and loses the shipment", async () => {
      await shop.stop("rabbitmq");

      const reply = await customer.order();

      expect(reply.status).to.equal(201);
      expect(shop.log("shipping")).to.include(
        "Unable to add to queue (the queue is probably down). Accepting anyway.",
      );
    });
  });
}

/** payment 0.4.3 declines above 100 unless told otherwise. */
function limits(generation: Generation): Readonly<Record<string, Partial<PodSpec>>> {
  return generation === "weave" ? { payment: { args: ["-port=80", "-decline=105"] } } : {};
}

function statusAndShipment({ status, shipment }: SavedOrder) {
  return [status, shipment];
}

describe("POST /orders without an address or a card", () => {
  it("fails with 406 with the weave images", async () => {
    const shop = await startShop("weave");
    const customer = shopper(shop.url("front-end"));
    await customer.send("POST", "/register", { username: "ada", password: "pw" });
    await customer.fillCart(socks.figueroa);

    const reply = await customer.order();
    await shop.close();

    expect(reply.status).to.equal(406);
    expect(messageOf(reply)).to.equal(
      "Invalid order request. Order requires customer, address, card and items.",
    );
  });

  it("fails with 500 with the quay images, payment being healthy", async () => {
    const shop = await startShop("quay");
    const customer = shopper(shop.url("front-end"));
    await customer.send("POST", "/register", { username: "ada", password: "pw" });
    await customer.fillCart(socks.figueroa);

    const reply = await customer.order();
    await shop.close();

    expect(reply.status).to.equal(500);
    expect(messageOf(reply)).to.equal(IO_ERROR);
  });
});

describe("the decline limit", () => {
  const totalOfHoly = 104.979996;

  it("declines the holy sock at 100, payment 0.4.3's own limit", async () => {
    const shop = await startShop("weave");
    const customer = shopper(shop.url("front-end"));
    await customer.signUp("ada");
    await customer.fillCart(socks.holy);

    const reply = await customer.order();
    await shop.close();

    expect(reply.status).to.equal(406);
    expect(messageOf(reply)).to.equal("Payment declined: amount exceeds 100.00");
  });

  it("sells the holy sock at 105, the quay build's own limit", async () => {
    const shop = await startShop("quay");
    const customer = shopper(shop.url("front-end"));
    await customer.signUp("ada");
    await customer.fillCart(socks.holy);

    const reply = await customer.order();
    await shop.close();

    expect(reply.status).to.equal(201);
    expect((reply.json as { total: number }).total).to.equal(totalOfHoly);
    expect(reply.text).to.include(`"total":${totalOfHoly}`);
  });
});
