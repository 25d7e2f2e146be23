import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Prints the end-to-end specs, the longest first: mocha starts the files in their order, and a long
 * one that starts last would run alone.
 */
const longest = [
  "stack",
  "lease",
  "load",
  "every-state",
  "load-generations",
  "policies",
  "pipeline",
];
const order = longest.map((name) => `${name}.spec.ts`);
const folder = join("test", "e2e");
const files = readdirSync(folder).filter((file) => file.endsWith(".spec.ts"));
const missing = order.filter((file) => !files.includes(file));
if (missing.length > 0) throw new Error(`no such spec in ${folder}: ${missing.join(", ")}`);
const sorted = [...order, ...files.filter((file) => !order.includes(file)).sort()];
process.stdout.write(`${sorted.map((file) => join(folder, file)).join("\n")}\n`);
