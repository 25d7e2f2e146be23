/**
 * The report of a run in a real browser, without a network: it breaks no rule of axe-core in light
 * and dark, fits 320 pixels, and is read without a script. It does not prove how it prints.
 */
import { expect } from "chai";
import type { Browser } from "playwright-core";
import { reportFiles } from "../../../../cli/incident/report/report-files.ts";
import { browserPath, noBrowser, openBrowser } from "../../../sandbox/page/open-browser.ts";
import { problemsOf } from "../../../sandbox/page/tab.ts";
import { exampleEntries, exampleResult } from "./example-run.ts";

const executable = browserPath();
const files = reportFiles(exampleResult, exampleEntries());

describe("the report in a browser", function () {
  this.timeout(120_000);
  let browser: Browser;

  before(async function () {
    if (executable === undefined) {
      process.stderr.write(`skipped, the report in a browser: ${noBrowser}\n`);
      this.skip();
    }
    browser = await openBrowser(executable);
  });

  after(async () => {
    if (executable !== undefined) await browser.close();
  });

  for (const name of ["report.html", "responders.html"]) {
    for (const colorScheme of ["light", "dark"] as const) {
      it(`breaks no rule of accessibility and fits a telephone: ${name}, ${colorScheme}`, async () => {
        const context = await browser.newContext({
          colorScheme,
          offline: true,
          viewport: { width: 320, height: 640 },
        });
        const page = await context.newPage();
        const asked: string[] = [];
        page.on("request", (request) => asked.push(request.url()));
        await page.setContent(files.get(name) ?? "");

        expect(await problemsOf(page)).to.deep.equal([]);
        const wide = "document.documentElement.scrollWidth";
        expect(await page.evaluate<number>(wide)).to.be.at.most(320);
        expect(asked).to.deep.equal([]);
        await context.close();
      });
    }
  }
});
