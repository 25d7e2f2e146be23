import { expect } from "chai";
import type { Shop } from "../../../simulation/timeline/simulated-shop.ts";
import { startShop } from "../../../simulation/timeline/simulated-shop.ts";
import { request, shopper, testCard } from "../../../simulation/timeline/shopper.ts";

// Malformed, missing, unknown and huge input gets the real service's answer, and the pod goes on.

const json = { "content-type": "application/json" };
const TRAP = "Cannot read properties of undefined (reading 'logged_in')";

describe("bad input to the front-end", () => {
  let shop: Shop;
  let url: string;

  beforeEach(async () => {
    shop = await startShop("quay");
    url = shop.url("front-end");
  });
  afterEach(async () => {
    const { restarts } = shop.pod("front-end").state;
    await shop.close();
    expect(restarts).to.equal(0);
  });

  for (const [what, body] of [
    ["malformed JSON", '{"id":'],
    ["JSON that is no object", '"text"'],
    ["a body above 100 kB", JSON.stringify({ id: "x".repeat(102_400) })],
    ["a body above what the listener reads", JSON.stringify({ id: "x".repeat(9_000_000) })],
  ] as const) {
    it(`answers ${what} with the 500 of its own broken error handler, without an access line`, async () => {
      const before = shop.log("front-end");

      const reply = await request(`${url}/cart`, "POST", { headers: json, body });

      expect(reply.status).to.equal(500);
      expect(reply.json).to.deep.equal({ message: TRAP, error: {} });
      expect(shop.log("front-end")).to.equal(before);
    });
  }

  it("ignores a body that is not declared as JSON", async () => {
    const reply = await request(`${url}/cart`, "POST", {
      headers: { "content-type": "text/plain" },
      body: "{",
    });

    expect(reply.status).to.equal(500);
    expect(reply.json).to.deep.equal({ message: "Must pass id of item to add", error: {} });
  });

  it("puts an item without name and price into the cart for an unknown sock", async () => {
    const stranger = shopper(url);

    const added = await stranger.send("POST", "/cart", { id: "item-7" });
    const cart = await stranger.send("GET", "/cart");

    expect(added.status).to.equal(201);
    expect(added.text).to.equal("");
    expect(cart.text).to.match(
      /^\[\{"id":"[0-9a-f]{24}","itemId":"","quantity":1,"unitPrice":0\.0\}\]$/,
    );
  });

  it("answers an unknown sock with 200 and the catalogue's error", async () => {
    const reply = await request(`${url}/catalogue/nope`, "GET");

    expect(reply.status).to.equal(200);
    expect(reply.json).to.deep.equal({
      error: "not found",
      status_code: 404,
      status_text: "Not Found",
    });
  });

  it("refuses every way of logging in but GET with the right password", async () => {
    await shopper(url).signUp("ada");
    const basic = (text: string) => ({
      authorization: `Basic ${Buffer.from(text).toString("base64")}`,
    });

    const post = await request(`${url}/login`, "POST", { headers: json, body: "{}" });
    const none = await request(`${url}/login`, "GET");
    const wrong = await request(`${url}/login`, "GET", { headers: basic("ada:no") });
    const unknown = await request(`${url}/login`, "GET", { headers: basic("eve:pw") });
    const right = await request(`${url}/login`, "GET", { headers: basic("ada:pw") });

    expect([post.status, post.text]).to.deep.equal([404, "Cannot POST /login\n"]);
    for (const refused of [none, wrong, unknown]) {
      expect([refused.status, refused.text]).to.deep.equal([401, ""]);
    }
    expect([right.status, right.text]).to.deep.equal([200, "Cookie is set"]);
    expect(right.headers.getSetCookie().join("\n")).to.match(/^logged_in=[^;]{32}; Max-Age=3600/m);
  });

  it("answers a forged session cookie with a new session", async () => {
    const headers = { cookie: "md.sid=s%3Aabc.forged" };

    const reply = await request(`${url}/cart`, "GET", { headers });

    expect(reply.status).to.equal(200);
    expect(reply.headers.getSetCookie()[0]).to.match(/^md\.sid=s%3A.*; Path=\/; HttpOnly$/);
  });

  it("answers 500 without a word when a name is taken", async () => {
    await shopper(url).signUp("ada");

    const reply = await shopper(url).send("POST", "/register", { username: "ada", password: "x" });

    expect([reply.status, reply.text]).to.deep.equal([500, ""]);
  });

  it("answers 200 for an address of nobody, with the refusal inside", async () => {
    const reply = await shopper(url).send("POST", "/addresses", { street: "X" });

    expect(reply.status).to.equal(200);
    expect(reply.json).to.include({ error: "Invalid Id Hex", status_code: 500 });
  });

  it("answers 500 when the user service panics over a card of three digits", async () => {
    const customer = shopper(url);
    await customer.signUp("ada");

    const reply = await customer.send("POST", "/cards", { ...testCard, longNum: "411" });

    expect(reply.status).to.equal(500);
    expect(reply.json).to.have.property("message", "socket hang up");
    expect(shop.log("user")).to.include("http: panic serving: strings: negative Repeat count");
  });

  it("escapes what it quotes", async () => {
    const reply = await request(`${url}/%3Cscript%3E`, "GET");

    expect(reply.status).to.equal(404);
    expect(reply.text).not.to.include("<script>");
  });

  it("fails requests that need a session while session-db is down, and serves the others", async () => {
    await shop.stop("session-db");

    const cart = await request(`${url}/cart`, "GET");
    const catalogue = await request(`${url}/catalogue`, "GET");
    const page = await request(`${url}/`, "GET");

    expect(cart.status).to.equal(500);
    expect(cart.json).to.deep.equal({
      message: "Cannot read properties of undefined (reading 'id')",
      error: {},
    });
    expect([catalogue.status, page.status]).to.deep.equal([200, 200]);
  });
});

describe("a stale login after session-db was restarted", () => {
  for (const [generation, crashes] of [
    ["weave", 1],
    ["quay", 0],
  ] as const) {
    it(`${crashes ? "ends the process of" : "is survived by"} the ${generation} front-end`, async () => {
      const shop = await startShop(generation);
      const customer = shopper(shop.url("front-end"));
      await customer.signUp("ada");
      await shop.stop("session-db");
      await shop.start("session-db");

      const status = await customer.order().then(
        (reply) => reply.status,
        () => "cut",
      );
      const { restarts } = shop.pod("front-end").state;
      await shop.close();

      expect(status).to.equal(crashes ? "cut" : 500);
      expect(restarts).to.equal(crashes);
    });
  }
});
