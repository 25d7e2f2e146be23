import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { format } from "prettier";
import type { Registered } from "../../../simulation/declared/resource-graph.ts";

/** What of a resource is compared: nothing that changes from run to run. */
export interface GraphEntry {
  readonly type: string;
  readonly name: string;
  readonly inputs: unknown;
}

/** The custom resources of a program, sorted, without values of secrets and texts of files. */
export function normalised(resources: readonly Registered[]): GraphEntry[] {
  return resources
    .filter(({ custom }) => custom)
    .map(({ type, name, inputs }) => ({ type, name, inputs: masked(inputs) }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Type and name, which together are unique in a stack. */
export function keyOf({ type, name }: { readonly type: string; readonly name: string }): string {
  return `${type} ${name}`;
}

/** Compares with test/golden/<file>, or rewrites that file when UPDATE_GOLDEN is set. */
export async function expectGolden(file: string, actual: unknown): Promise<void> {
  const path = new URL(`../../golden/${file}`, import.meta.url);
  const text = await format(JSON.stringify(actual), { parser: "json", printWidth: 100 });
  if (process.env["UPDATE_GOLDEN"] !== undefined) writeFileSync(path, text);
  expect(text).to.equal(readFileSync(path, "utf8"), `run: npm run golden:update`);
}

// How the engine's wire format marks a secret.
const signature = "4dabf18193072939515e22adb298388d";

function masked(value: unknown): unknown {
  if (typeof value === "string" && value.length > 1000) return `${value.slice(0, 60)}…`;
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  if (signature in value) return "[secret]";
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, masked(inner)]));
}
