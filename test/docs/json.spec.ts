import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { format } from "prettier";
import { jsonPage } from "../support/pages/json-page.ts";

const path = new URL("../../docs/json.md", import.meta.url);

describe("docs/json.md", () => {
  it("is what the schemas of the documents say", async () => {
    const page = await format(jsonPage(), { parser: "markdown", printWidth: 100 });

    if (process.env["UPDATE_DOCS"] !== undefined) writeFileSync(path, page);
    expect(readFileSync(path, "utf8")).to.equal(page);
  });
});
