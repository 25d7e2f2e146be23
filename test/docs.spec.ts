import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { format } from "prettier";
import { configurationPage } from "./support/configuration-page.ts";

describe("docs/configuration.md", () => {
  it("is what the schema says", async () => {
    const path = new URL("../docs/configuration.md", import.meta.url);
    const page = await format(configurationPage(), { parser: "markdown", printWidth: 100 });

    if (process.env["UPDATE_DOCS"] !== undefined) writeFileSync(path, page);

    expect(readFileSync(path, "utf8")).to.equal(page, "run: npm run docs:update");
  });
});
