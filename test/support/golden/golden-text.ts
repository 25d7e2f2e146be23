import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";

/** Compares a text with test/golden/<file>, or rewrites that file when UPDATE_GOLDEN is set. */
export function expectGoldenText(file: string, actual: string): void {
  const path = new URL(`../../golden/${file}`, import.meta.url);
  if (process.env["UPDATE_GOLDEN"] !== undefined) writeFileSync(path, actual);
  expect(actual).to.equal(readFileSync(path, "utf8"), "run: npm run golden:update");
}
