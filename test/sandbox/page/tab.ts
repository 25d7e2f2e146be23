import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";

/** Where screenshots are kept; git ignores them. */
const pictures = join(import.meta.dirname, "..", "..", "..", "screenshots");

const axe = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");

export interface Tab {
  readonly page: Page;
  /** What the page wrote to the console as an error, and what it threw. */
  readonly errors: string[];
  /** Requests to anywhere but the server itself. */
  readonly foreignRequests: string[];
  readonly screenshot: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

interface TabOptions {
  readonly path: string;
  readonly scheme?: "light" | "dark";
  readonly width?: number;
}

/** The moment at which the tests' stand-in and browser are. */
export const now = "2027-01-05T10:00:00.000Z";

/** A tab of its own on a page; animations are reduced, and its clock stands. */
export async function openTab(browser: Browser, origin: string, options: TabOptions): Promise<Tab> {
  const { path, scheme = "light", width = 1280 } = options;
  const context = await browser.newContext({
    baseURL: origin,
    colorScheme: scheme,
    reducedMotion: "reduce",
    viewport: { width, height: 900 },
    timezoneId: "UTC",
    locale: "en-GB",
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(now);
  const errors: string[] = [];
  const foreignRequests: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  page.on("pageerror", ({ message }) => errors.push(message));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith("data:")) foreignRequests.push(url);
  });
  await page.goto(path);
  return {
    page,
    errors,
    foreignRequests,
    screenshot: async (name) => {
      await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
    },
    close: () => context.close(),
  };
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** What axe-core finds wrong with the page as it stands, one line for each place. */
export async function problemsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResult>("axe.run(document)");
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ""}`),
  );
}
