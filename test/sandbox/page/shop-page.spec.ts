/**
 * The shop's page in a real browser, over answers as the front-end gives them: what a customer sees
 * in the real front-end's words. It does not prove what the services answer: test/sandbox/shop does.
 */
import { expect } from "chai";
import type { Browser } from "playwright-core";
import { type Listener, listen } from "../../../sandbox/http/listener.ts";
import type { HttpRequest, HttpResponse } from "../../../sandbox/http/message.ts";
import { staticPage } from "../../../sandbox/shop/services/front-end/static-page.ts";
import { hostileText } from "./hostile-text.ts";
import { browserPath, noBrowser, openBrowser } from "./open-browser.ts";
import { openTab, problemsOf, type Tab } from "./tab.ts";

const executable = browserPath();

/** What the services behind the front-end do at the moment. */
interface Shop {
  /** Whether the images are the FIX build's. */
  fix: boolean;
  order: { readonly status: number; readonly body: object };
  orders: object[];
}

const refused = {
  status: 500,
  body: { timestamp: 1, status: 500, message: "I/O error on POST request for payment" },
};
const saved = (id: string, differences: object = {}) => ({
  date: "2025-10-18T09:33:09.123+0000",
  total: 22.99,
  items: [{ itemId: "sock-1", quantity: 1, unitPrice: 18 }],
  customer: { firstName: hostileText.sent, lastName: "B" },
  address: { number: "1", street: "High Street", city: "C", postcode: "P", country: "UK" },
  _links: { self: { href: `http://orders/orders/${id}` } },
  ...differences,
});

function answerOf(shop: Shop, { method, path }: HttpRequest): HttpResponse {
  const file = staticPage(path, shop.fix);
  if (method === "GET" && file !== undefined) return file;
  if (path.startsWith("/catalogue/images/")) return { status: 200, body: "" };
  const items = [{ itemId: "sock-1", quantity: 2, unitPrice: 18 }];
  const answers: Readonly<
    Record<string, readonly [status: number, body: unknown, cookie?: string]>
  > = {
    "GET /catalogue": [
      200,
      [{ id: "sock-1", name: "Holy", price: 18, imageUrl: ["/catalogue/images/a"] }],
    ],
    "GET /cart": [200, items],
    "GET /login": [200, "Cookie is set", "logged_in=abc"],
    "GET /customers/me": [200, { firstName: "Eve", lastName: "Berger" }],
    "GET /address": [
      200,
      { number: "1", street: "High Street", city: "C", postcode: "P", country: "UK" },
    ],
    "GET /card": [200, { number: "1111" }],
    "GET /orders": [201, shop.orders],
    "POST /orders": [shop.order.status, shop.order.body],
    "DELETE /cart": [202, ""],
  };
  const [status, body, cookie] = answers[`${method} ${path}`] ?? [404, "not found"];
  const headers = { "content-type": "application/json", ...(cookie && { "set-cookie": cookie }) };
  return { status, headers, body: JSON.stringify(body) };
}

describe("the shop's page in a browser", function () {
  this.timeout(60_000);
  let browser: Browser;
  let server: Listener;
  const shop: Shop = { fix: false, order: refused, orders: [] };

  before(async function () {
    if (executable === undefined) {
      process.stderr.write(`skipped, the shop's page in a browser: ${noBrowser}\n`);
      this.skip();
    }
    browser = await openBrowser(executable);
    server = await listen({
      handle: (request) => Promise.resolve(answerOf(shop, request)),
      onFault: (error) => {
        throw error;
      },
    });
  });

  after(async () => {
    if (executable === undefined) return;
    await browser.close();
    await server.close();
  });

  async function loggedIn(look: (tab: Tab) => Promise<void>, options = {}): Promise<void> {
    const tab = await openTab(browser, `http://127.0.0.1:${server.port}`, {
      path: "/",
      ...options,
    });
    try {
      const login = tab.page.locator("#login");
      await login.getByLabel("Username").fill("eve");
      await login.getByLabel("Password").fill("secret");
      await login.getByRole("button").click();
      await tab.page.getByText("Logged in as Eve Berger").waitFor();
      await look(tab);
    } finally {
      await tab.close();
    }
  }

  it("shows who has logged in, the cart with its totals, and every order as shipped", async () => {
    shop.orders = [saved("68f3"), saved("68f4", { status: "PAYMENT_FAILED", total: 4.99 })];
    await loggedIn(async ({ page, screenshot }) => {
      await page.getByText("Login successful.").waitFor();
      await page.getByText("You currently have 2 item(s) in your cart.").waitFor();
      expect(await page.locator("#orderGrandTotal").textContent()).to.equal("$40.99");
      expect(await page.locator("#tableOrders tr").allTextContents()).to.deep.equal([
        "# 68f32025-10-18 09:33:09$22.99Shippedno statusView",
        "# 68f42025-10-18 09:33:09$4.99ShippedPAYMENT_FAILEDView",
      ]);
      await page.getByRole("button", { name: "View order 68f3" }).click();
      await page
        .getByText("Order was placed on 2025-10-18 09:33:09 and is currently shipped.")
        .waitFor();
      await page.getByText(hostileText.seen).waitFor();
      expect(await page.evaluate("window.attacked")).to.equal(undefined);
      await screenshot("shop");
    });
  });

  it("shows a customer of the stock images nothing of an order that payment's outage fails", async () => {
    shop.fix = false;
    shop.order = refused;
    await loggedIn(async ({ page }) => {
      await page.getByText("You currently have 2 item(s)").waitFor();
      await page.getByRole("button", { name: "Proceed to checkout" }).click();
      await page.getByText("Sandbox: the front-end answered 500: I/O error on POST").waitFor();
      expect(await page.locator("#user-message").textContent()).to.equal("");
    });
  });

  it("shows the message of the failure with the images that were fixed", async () => {
    shop.fix = true;
    await loggedIn(async ({ page }) => {
      await page.getByText("You currently have 2 item(s)").waitFor();
      await page.getByRole("button", { name: "Proceed to checkout" }).click();
      await page.getByText("Error placing order. I/O error on POST request for payment").waitFor();
    });
  });

  it("shows a refusal by payment in both, and that an order was placed", async () => {
    shop.fix = false;
    shop.order = { status: 406, body: { message: "Payment declined: amount exceeds 105.00" } };
    await loggedIn(async ({ page }) => {
      await page.getByText("You currently have 2 item(s)").waitFor();
      await page.getByRole("button", { name: "Proceed to checkout" }).click();
      await page
        .getByText("Error placing order. Payment declined: amount exceeds 105.00")
        .waitFor();
      shop.order = { status: 201, body: saved("1") };
      await page.getByRole("button", { name: "Proceed to checkout" }).click();
      await page.getByText("Order placed.").waitFor();
    });
  });

  for (const scheme of ["light", "dark"] as const) {
    it(`breaks no rule of accessibility in ${scheme}, and fits 320 pixels`, async () => {
      const look = async ({ page, errors, foreignRequests }: Tab) => {
        await page.locator("#tableOrders tr").first().waitFor();
        expect(await problemsOf(page)).to.deep.equal([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).to.equal(320);
        expect(errors).to.deep.equal([]);
        expect(foreignRequests).to.deep.equal([]);
      };
      await loggedIn(look, { scheme, width: 320 });
    });
  }
});
