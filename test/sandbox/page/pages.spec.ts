/**
 * Every page of the stand-in in a real browser, over a stand-in in memory: it draws, breaks no rule
 * of axe-core in light and dark, fits 320 pixels, works by keyboard, and asks nothing that the API
 * does not know. It does not prove that other browsers draw the same.
 */
import { expect } from "chai";
import type { Browser } from "playwright-core";
import { browserPath, noBrowser, openBrowser } from "./open-browser.ts";
import { hostileText } from "./hostile-text.ts";
import { type PageServer, servePage } from "./page-server.ts";
import { now, openTab, problemsOf, type Tab } from "./tab.ts";

const executable = browserPath();

describe("the pages in a browser", function () {
  this.timeout(300_000);
  let browser: Browser;
  let server: PageServer;

  before(async function () {
    if (executable === undefined) {
      process.stderr.write(`skipped, the pages in a browser: ${noBrowser}\n`);
      this.skip();
    }
    browser = await openBrowser(executable);
    server = await servePage();
  });

  after(async () => {
    if (executable === undefined) return;
    await browser.close();
    await server.close();
  });

  async function inTab(path: string, look: (tab: Tab) => Promise<void>, options = {}) {
    const tab = await openTab(browser, server.url, { path, ...options });
    try {
      await look(tab);
    } finally {
      await tab.close();
    }
  }

  for (const scheme of ["light", "dark"] as const) {
    it(`break no rule of accessibility in ${scheme}, run no hostile text, and ask nobody else`, async () => {
      for (const { path, shows, isHostile, isRefused } of server.pages) {
        const look = async (tab: Tab) => {
          await tab.page.getByText(shows).first().waitFor();
          if (isHostile) await tab.page.getByText(hostileText.seen).first().waitFor();
          await tab.screenshot(`${scheme}${path.replaceAll(/[^a-z0-9]+/gi, "-")}`);
          expect(await problemsOf(tab.page), path).to.deep.equal([]);
          expect(await tab.page.evaluate("window.attacked"), path).to.equal(undefined);
          expect(await tab.page.locator("main :is(img, script, iframe)").count(), path).to.equal(0);
          expect(tab.foreignRequests, path).to.deep.equal([]);
          // a browser notes by itself that a request was refused
          if (!isRefused) expect(tab.errors, path).to.deep.equal([]);
        };
        await inTab(path, look, { scheme });
      }
    });
  }

  it("fit a screen of 320 pixels", async () => {
    for (const { path, shows } of server.pages) {
      const look = async ({ page, screenshot }: Tab) => {
        await page.getByText(shows).first().waitFor();
        await screenshot(`narrow${path.replaceAll(/[^a-z0-9]+/gi, "-")}`);
        expect(await page.evaluate("document.documentElement.scrollWidth"), path).to.equal(320);
      };
      await inTab(path, look, { width: 320 });
    }
  });

  it("can be reached by keyboard alone, one from another", async () => {
    await inTab("/", async ({ page }) => {
      await page.getByText("Alerts by priority").waitFor({ state: "attached" });
      await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.textContent")).to.equal("Skip to content");
      for (let tabs = 0; tabs < 3; tabs += 1) await page.keyboard.press("Tab");
      expect(await page.evaluate("document.activeElement.textContent")).to.equal("Monitors");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Monitors", level: 1 }).waitFor();
      expect(await page.evaluate("document.activeElement.id")).to.equal("content");
      expect(await page.title()).to.equal("Monitors · Datadog stand-in");
      await page.goBack();
      await page.getByRole("heading", { name: "What is going on" }).waitFor();
    });
  });

  it("show a change of a monitor's state without being asked, and say it aloud", async () => {
    for (const path of ["/", "/monitors/manage?q=status:warn", `/monitors/${server.quiet.id}`]) {
      await server.setState(server.quiet.id, "OK");
      await inTab(path, async ({ page }) => {
        await page.getByRole("heading", { level: 1 }).waitFor();
        await page.waitForLoadState("networkidle");
        await server.setState(server.quiet.id, "Warn");
        const shown = path.startsWith("/monitors/")
          ? page.locator("main .badge.state-warn").first()
          : page.getByRole("link", { name: server.quiet.name });
        await shown.waitFor();
      });
    }
    await server.setState(server.quiet.id, "OK");
  });

  it("draw every board of the stack, and no widget of it says that it is not drawn", async () => {
    for (const path of server.declared) {
      await inTab(path, async ({ page, errors, screenshot }) => {
        await page.locator(".widget").first().waitFor();
        await page.waitForLoadState("networkidle");
        await screenshot(`declared${path.replaceAll(/[^a-z0-9]+/gi, "-")}`);
        expect(await page.getByText("not drawn").count(), path).to.equal(0);
        expect(
          await page.locator(".widget > .problem:visible").allTextContents(),
          path,
        ).to.deep.equal([]);
        expect(errors, path).to.deep.equal([]);
      });
    }
  });

  it("say within a widget what is wrong with it", async () => {
    await inTab("/dashboard/lists?q=broken", async ({ page }) => {
      await page.getByRole("link", { name: "Broken widgets" }).click();
      await page
        .getByText('not drawn: the page has no picture of widgets of type "hostmap"')
        .waitFor();
      await page
        .locator(".widget", { hasText: "Broken query" })
        .getByText("Error parsing")
        .waitFor();
      await page.getByText("Still here").waitFor();
    });
  });

  it("keep the values of every graph in a table, and read them aloud by the arrow keys", async () => {
    await inTab(server.board, async ({ page }) => {
      const widget = page.locator(".widget", {
        has: page.getByRole("heading", { name: "Orders as bars" }),
      });
      await widget.getByText("outcome:refused: ").waitFor();
      await widget.getByText("Values as a table").press("Enter");
      await widget.getByRole("columnheader", { name: "outcome:refused" }).waitFor();
      await widget.getByRole("application").press("ArrowLeft");
      const said = page.locator("#announcer", { hasText: /^2027-01-05 09:59:\d\d, outcome:/ });
      await said.waitFor({ state: "attached" });
    });
  });

  it("draw ten thousand points, and keep the newest of them in the table", async () => {
    await inTab("/", async ({ page, errors }) => {
      const times = Array.from({ length: 10_000 }, (_, index) => Date.parse(now) - 300 * index);
      const values = [1, 2, 3].map((value) => times.map((_, index) => value + (index % 7)));
      const series = values.map((_, index) => ({ group_tags: [`group:${index}`], query_index: 0 }));
      const attributes = { series, times: times.toReversed(), values };
      await page.route("**/api/v2/query/timeseries", (route) =>
        route.fulfill({ json: { data: { type: "timeseries_response", attributes } } }),
      );
      await page.goto(server.board);
      const widget = page.locator(".widget", {
        has: page.getByRole("heading", { name: "Orders as bars" }),
      });
      await widget.getByText("group:2: ").waitFor();
      await widget.getByText("Values as a table").click();
      await widget.getByText("the newest 500 of 10000").waitFor({ state: "attached" });
      expect(await widget.locator("tbody tr").count()).to.equal(500);
      expect(errors).to.deep.equal([]);
    });
  });

  it("colour a number, and name the colour", async () => {
    await inTab(server.board, async ({ page }) => {
      const value = page.locator(".widget-query_value .palette-white-on-red");
      await value.waitFor();
      expect(await value.textContent()).to.equal("100 (red)");
    });
  });

  it("put the values of a variable and a pause into the address", async () => {
    await inTab(server.board, async ({ page }) => {
      await page.getByLabel("$outcome").fill("refused");
      await page.getByLabel("$outcome").press("Enter");
      await page.waitForURL(/tpl_var_outcome=refused/);
      const lines = page.locator(".widget", {
        has: page.getByRole("heading", { name: "Orders as lines" }),
      });
      await lines.getByText("outcome:refused: ").waitFor();
      expect(await lines.getByText("outcome:placed").count()).to.equal(0);
      await page.getByRole("button", { name: "Pause" }).click();
      await page.waitForURL(/live=false/);
    });
  });

  it("narrow a log search by a facet, and open a log with what each step did", async () => {
    await inTab("/logs", async ({ page }) => {
      await page.getByRole("button", { name: "error 90" }).click();
      await page.waitForURL(/query=status%3Aerror/);
      await page.getByRole("button", { name: "info 90" }).waitFor({ state: "detached" });
      await page
        .getByRole("region", { name: "Logs, the newest first" })
        .getByRole("link")
        .first()
        .click();
      await page.getByText("@evt.outcome = refused").waitFor();
      await page.getByText("As it came in").waitFor();
    });
  });

  it("ask the API nothing that it does not know", async () => {
    expect(await server.unknownRequests()).to.deep.equal([]);
  });
});
