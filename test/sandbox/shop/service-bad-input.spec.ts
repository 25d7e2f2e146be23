import { expect } from "chai";
import type { Shop } from "../../../simulation/timeline/simulated-shop.ts";
import { startShop } from "../../../simulation/timeline/simulated-shop.ts";
import { request, socks } from "../../../simulation/timeline/shopper.ts";

// Malformed, missing, unknown and huge input gets the real service's answer, and the pod goes on.

const json = { "content-type": "application/json" };

describe("bad input to payment", () => {
  let shop: Shop;
  let url: string;
  const pay = (body: string) => request(`${url}/paymentAuth`, "POST", { headers: json, body });

  beforeEach(async () => {
    shop = await startShop("quay");
    url = shop.url("payment");
  });
  afterEach(() => shop.close());

  for (const [body, error] of [
    ["", "unexpected end of JSON input"],
    ['{"amount":', "unexpected end of JSON input"],
    ["nonsense", "invalid character 'o' looking for beginning of value"],
    [
      '{"amount":"7"}',
      "json: cannot unmarshal string into Go struct field AuthoriseRequest.amount of type float32",
    ],
    [
      '{"amount":1e40}',
      "json: cannot unmarshal number 1e+40 into Go struct field AuthoriseRequest.amount of type float32",
    ],
  ] as const) {
    it(`answers ${body || "an empty body"} with 500 and Go's words`, async () => {
      const reply = await pay(body);

      expect(reply.status).to.equal(500);
      expect(reply.json).to.deep.equal({
        error,
        status_code: 500,
        status_text: "Internal Server Error",
      });
      expect(shop.log("payment")).to.include(`err="${error}"`);
    });
  }

  it("quotes the whole request, card included, where the amount is missing", async () => {
    const body = '{"card":{"longNum":"4111111111111111"}}';

    const reply = await pay(body);

    expect(reply.status).to.equal(500);
    expect(reply.json).to.have.property(
      "error",
      `Cannot unmarshal object key "amount" from JSON: ${body}`,
    );
    expect(shop.log("payment")).to.include('\\"longNum\\":\\"4111111111111111\\"');
  });

  it("answers a negative amount with 500 and logs a refusal", async () => {
    const reply = await pay('{"amount":-1}');

    expect(reply.status).to.equal(500);
    expect(reply.json).to.have.property("error", "Invalid payment amount");
    expect(shop.log("payment")).to.include("method=Authorise result=false");
    expect(shop.ledger.read()).to.include({ authorised: 0, declined: 0 });
  });

  it("answers unknown paths with 404 and other methods with 405", async () => {
    const unknown = await request(`${url}/pay`, "GET");
    const method = await request(`${url}/paymentAuth`, "GET");

    expect([unknown.status, unknown.text]).to.deep.equal([404, "404 page not found\n"]);
    expect(method.status).to.equal(405);
  });
});

describe("bad input to the Java services", () => {
  let shop: Shop;

  beforeEach(async () => {
    shop = await startShop("quay");
  });
  afterEach(() => shop.close());

  for (const [what, options, status, exception] of [
    [
      "malformed JSON",
      { headers: json, body: "{" },
      400,
      "org.springframework.http.converter.HttpMessageNotReadableException",
    ],
    [
      "another content type",
      { headers: { "content-type": "text/plain" }, body: "{}" },
      415,
      "org.springframework.web.HttpMediaTypeNotSupportedException",
    ],
    [
      "an order without links",
      { headers: json, body: "{}" },
      406,
      "works.weave.socks.orders.controllers.OrdersController$InvalidOrderException",
    ],
    [
      "a link that is no URL",
      {
        headers: json,
        body: JSON.stringify({ customer: "x", address: "x", card: "x", items: "x" }),
      },
      500,
      "java.lang.IllegalStateException",
    ],
  ] as const) {
    it(`orders answers ${what} with ${status}`, async () => {
      const reply = await request(`${shop.url("orders")}/orders`, "POST", options);

      expect(reply.status).to.equal(status);
      expect(reply.json).to.include({ status, exception, path: "/orders" });
    });
  }

  it("orders answers an unknown order with an empty 404", async () => {
    const reply = await request(`${shop.url("orders")}/orders/68f35ed59c10d300018b7011`, "GET");

    expect([reply.status, reply.text]).to.deep.equal([404, ""]);
  });

  it("orders looks no host up that is no Service of the shop", async () => {
    const link = "http://localhost/x";
    const body = JSON.stringify({ customer: link, address: link, card: link, items: link });

    const reply = await request(`${shop.url("orders")}/orders`, "POST", { headers: json, body });

    expect(reply.status).to.equal(500);
    expect(shop.log("orders")).to.include("java.net.UnknownHostException: localhost");
  });

  it("carts answers a sock that is not in the cart with 500", async () => {
    const reply = await request(`${shop.url("carts")}/carts/x/items/${socks.holy}`, "DELETE");

    expect(reply.status).to.equal(500);
    expect(reply.json).to.include({
      exception: "java.lang.IllegalArgumentException",
      message: "Cannot find item in cart",
    });
  });

  it("carts gives up on its database after ten seconds", async () => {
    await shop.stop("carts-db");

    const pending = request(`${shop.url("carts")}/carts/x/items`, "GET");
    for (let beat = 0; beat < 20; beat += 1) {
      await shop.clock.awaited(500);
      shop.clock.pass(500);
    }
    const reply = await pending;

    expect(reply.status).to.equal(500);
    expect(reply.json).to.have.property(
      "exception",
      "org.springframework.dao.DataAccessResourceFailureException",
    );
  });

  it("shipping accepts a shipment without id and name", async () => {
    const reply = await request(`${shop.url("shipping")}/shipping`, "POST", {
      headers: json,
      body: "{}",
    });

    expect(reply.status).to.equal(201);
    expect(reply.json).to.have.property("name", "");
  });
});

describe("the catalogue's circuit breaker", () => {
  it("opens at the sixth unknown sock in a row, for good ones too, and closes after 30 s", async () => {
    const shop = await startShop("quay");
    const get = async (id: string) =>
      (await request(`${shop.url("catalogue")}/catalogue/${id}`, "GET")).status;

    const unknown = [];
    for (let index = 0; index < 6; index += 1) unknown.push(await get("nope"));
    const open = await get(socks.holy);
    const list = (await request(`${shop.url("catalogue")}/catalogue`, "GET")).status;
    shop.clock.pass(30_000);
    const again = await get(socks.holy);
    await shop.close();

    expect(unknown).to.deep.equal([404, 404, 404, 404, 404, 404]);
    expect([open, list, again]).to.deep.equal([500, 200, 200]);
  });

  it("stays closed at the fifth", async () => {
    const shop = await startShop("quay");
    const get = async (id: string) =>
      (await request(`${shop.url("catalogue")}/catalogue/${id}`, "GET")).status;

    for (let index = 0; index < 5; index += 1) await get("nope");
    const good = await get(socks.holy);
    await shop.close();

    expect(good).to.equal(200);
  });
});
