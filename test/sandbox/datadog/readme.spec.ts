import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { routeTables } from "../../../sandbox/datadog/route-table.ts";
import { routes } from "../../../sandbox/datadog/endpoints.ts";

const readme = new URL("../../../sandbox/README.md", import.meta.url);
const tables = /(<!-- routes: [^>]*-->\n)[\s\S]*?(\n<!-- end of routes -->)/;

describe("sandbox/README.md", () => {
  it("lists the paths that the stand-in answers", async () => {
    const text = readFileSync(readme, "utf8");
    const filled = text.replace(
      tables,
      (_all, begin: string, end: string) => `${begin}\n${routeTables()}\n${end}`,
    );
    const style = await resolveConfig(fileURLToPath(readme));
    const wanted = await format(filled, { ...style, parser: "markdown" });
    if (process.env["UPDATE_DOCS"] !== undefined) {
      writeFileSync(readme, wanted);
    }

    expect(text).to.match(tables);
    expect(readFileSync(readme, "utf8"), "run: npm run docs:update").to.equal(wanted);
  });

  it("says of each path how far it imitates Datadog", () => {
    const silent = routes.filter(({ imitates }) => imitates.trim() === "");

    expect(silent).to.deep.equal([]);
    expect(routes.length).to.be.greaterThan(40);
  });
});
