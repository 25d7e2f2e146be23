import { expect } from "chai";
import type { Shop } from "../../../simulation/timeline/simulated-shop.ts";
import { startShop } from "../../../simulation/timeline/simulated-shop.ts";
import { request, shopper, socks } from "../../../simulation/timeline/shopper.ts";

// Answers and lines in which the WEAVE services, built from their sources, differed from ours.

const json = { "content-type": "application/json" };
const ESC = "\u001b";
type Options = NonNullable<Parameters<typeof request>[2]>;

describe("the WEAVE services answer as the real ones", () => {
  let shop: Shop;

  beforeEach(async () => {
    shop = await startShop("weave");
  });
  afterEach(() => shop.close());

  async function ask(service: string, path: string, method = "GET", options: Options = {}) {
    const reply = await request(`${shop.url(service)}${path}`, method, options);
    return { status: reply.status, type: reply.headers.get("content-type"), text: reply.text };
  }

  for (const [service, method, path] of [
    ["payment", "GET", "/paymentAuth"],
    ["catalogue", "POST", "/catalogue"],
    ["user", "GET", "/x"],
  ] as const) {
    it(`404, as an old mux, to ${method} ${path} of ${service}`, async () => {
      expect(await ask(service, path, method)).to.deep.equal({
        status: 404,
        type: "text/plain; charset=utf-8",
        text: "404 page not found\n",
      });
    });
  }

  it("Go's words for JSON of the wrong kind and for what follows it", async () => {
    const pay = async (body: string) =>
      (await ask("payment", "/paymentAuth", "POST", { headers: json, body })).text;

    expect(await pay("[1]")).to.include(
      '"json: cannot unmarshal array into Go value of type payment.AuthoriseRequest"',
    );
    expect(await pay('{"amount":1} trailing')).to.include(
      "\"invalid character 't' after top-level value\"",
    );
  });

  it("500 with an older go-kit's words for a sock that is unknown", async () => {
    expect(await ask("catalogue", "/catalogue/zz")).to.deep.include({
      status: 500,
      text: '{"error":"Do: not found","status_code":500,"status_text":"Internal Server Error"}\n',
    });
    expect(await ask("front-end", "/catalogue/zz")).to.deep.include({ status: 200 });
  });

  it("a cut connection where Go's slice of a page panics", async () => {
    expect(await ask("front-end", "/catalogue?page=-1&size=-2")).to.deep.include({
      status: 500,
      text: '{"message":"socket hang up","error":{"code":"ECONNRESET"}}',
    });
    expect((await ask("catalogue", "/catalogue?page=9&size=2")).text).to.equal("[]\n");
  });

  it("an old Node's words for a body that is malformed", async () => {
    const reply = await ask("front-end", "/cart", "POST", { headers: json, body: "{" });

    expect(reply.text).to.equal(
      '{"message":"Cannot read property \'logged_in\' of undefined","error":{}}',
    );
  });

  it("the methods of a path to OPTIONS, and text to a redirect", async () => {
    const options = await request(`${shop.url("front-end")}/cart`, "OPTIONS");
    const moved = await ask("front-end", "/catalogue/");

    expect([options.status, options.headers.get("allow"), options.text]).to.deep.equal([
      200,
      "GET,HEAD,DELETE,POST",
      "GET,HEAD,DELETE,POST",
    ]);
    expect([moved.status, moved.type]).to.deep.equal([301, "text/plain; charset=utf-8"]);
  });

  it("their own types of metrics", async () => {
    expect((await ask("front-end", "/metrics")).type).to.equal("text/plain; charset=utf-8");
    for (const service of ["payment", "catalogue", "user"]) {
      expect((await ask(service, "/metrics")).type).to.equal(
        "text/plain; version=0.0.4; charset=utf-8",
      );
    }
  });

  it("HAL to errors where Spring Data REST is, in carts for unknown paths alone", async () => {
    const hal = "application/hal+json;charset=UTF-8";
    const post = { headers: json, body: "{}" };

    expect((await ask("orders", "/x")).type).to.equal(hal);
    expect((await ask("orders", "/orders", "POST", post)).type).to.equal(hal);
    expect((await ask("carts", "/x")).type).to.equal(hal);
    expect((await ask("carts", "/carts/a/merge")).type).to.equal("application/json;charset=UTF-8");
    expect((await ask("shipping", "/x")).type).to.equal("application/json;charset=UTF-8");
  });

  it("indented HAL for orders, with links by their class, and the root's links", async () => {
    const customer = shopper(shop.url("front-end"));
    await customer.signUp("ada");
    await customer.fillCart(socks.figueroa);
    await customer.order();
    const list = await ask("orders", "/orders?size=1");
    const none = await ask("orders", "/orders/search/customerId?custId=nobody");
    const root = await ask("orders", "/");

    expect(list.text).to.match(
      /^\{\n {2}"_embedded" : \{\n {4}"customerOrders" : \[ \{\n {6}"customerId" : "/,
    );
    expect(list.text).to.match(/"addresses" : \[ \],/);
    expect(list.text).to.match(/"total" : 18\.99,\n {6}"_links" : \{\n {8}"self"/);
    expect(none.text).to.match(/^\{\n {2}"_embedded" : \{\n {4}"customerOrders" : \[ \]\n {2}\},/);
    expect(root.text).to.include('"href" : "http://orders/orders{?page,size,sort}",');
  });

  it("400 to an order without a type and a body", async () => {
    const reply = await ask("orders", "/orders", "POST");

    expect([reply.status, reply.type]).to.deep.equal([400, "application/hal+json;charset=UTF-8"]);
    expect(JSON.parse(reply.text)).to.have.property("cause");
    expect(reply.text).to.include("No content to map due to end-of-input");
  });
});

describe("the WEAVE services print as the real ones", () => {
  let shop: Shop;

  beforeEach(async () => {
    shop = await startShop("weave");
    const customer = shopper(shop.url("front-end"));
    await customer.signUp("ada");
    await customer.fillCart(socks.figueroa);
    await customer.order();
  });
  afterEach(() => shop.close());

  it("whole seconds in catalogue, nanoseconds in user", () => {
    const stamps = (service: string) =>
      [...shop.log(service).matchAll(/^ts=(\S+)/gm)].map(([, stamp = ""]) => stamp);

    for (const stamp of stamps("catalogue")) expect(stamp).to.match(/T\d\d:\d\d:\d\dZ$/);
    expect(stamps("user").join()).to.match(/T\d\d:\d\d:\d\d\.\d+Z/);
  });

  it("the time that an API route of the front-end took", () => {
    expect(shop.log("front-end")).to.match(
      new RegExp(`${ESC}\\[0mPOST /orders ${ESC}\\[32m201 ${ESC}\\[0m\\d+\\.\\d{3} ms - -`),
    );
  });

  it("queue-master's attempt to start a container: eight lines and one ERROR for an order", () => {
    const lines = shop.log("queue-master").split("\n");
    const at = lines.findIndex((line) => line.startsWith("Received shipment task: "));

    expect(lines.slice(at + 1).map((line) => line.slice(24, 62).trim())).to.deep.equal([
      "INFO 1 --- [pool-6-thread-1] w.weave.",
      ...Array.from({ length: 6 }, () => "INFO 1 --- [pool-6-thread-1] o.apache"),
      "ERROR 1 --- [pool-6-thread-1] w.weave.",
    ]);
  });

  it("a trace of all frames with their jars where orders fails", async () => {
    await shop.stop("payment");
    const customer = shopper(shop.url("front-end"));
    await customer.signUp("bob");
    await customer.fillCart(socks.figueroa);
    await customer.order();
    const frames = shop
      .log("orders")
      .split("\n")
      .filter((line) => line.startsWith("\tat "));

    expect(frames).to.have.length(45);
    for (const frame of frames) expect(frame).to.match(/\) ~\[[^\]]+\]$/);
  });

  it("a line of catalogue-db for every probe that only opens a connection", async () => {
    await shop.stop("catalogue-db");
    await shop.start("catalogue-db", { connectionProbes: [10, 20] });
    for (const ms of [10_000, 10_000, 20_000]) shop.clock.pass(ms);
    const lines = shop.log("catalogue-db").split("\n");

    expect(lines).to.have.length(3);
    for (const line of lines) {
      expect(line).to.match(/Z \d+ \[Note\] Got an error reading communication packets$/);
    }
  });
});
