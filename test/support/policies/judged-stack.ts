import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Resource, Stack } from "../../../policies/rule.ts";
import type { Registered } from "../../../simulation/declared/resource-graph.ts";
import { stackGraph } from "../../../simulation/declared/stack-graph.ts";

// How the SDK's wire format marks a secret.
const signature = "4dabf18193072939515e22adb298388d";

/** Configuration of stack `dev` as its file has it; the Datadog account stays the stand-in's. */
const devConfig = (
  parse(readFileSync(new URL("../../../Pulumi.dev.yaml", import.meta.url), "utf8")) as {
    readonly config: Readonly<Record<string, string>>;
  }
).config;

/** The whole program's resources in a state, as the policy pack sees them. */
export async function judgedStack(
  name: "dev" | "sandbox" | "team-01",
  incident: string,
  config: Readonly<Record<string, string>> = {},
): Promise<Stack> {
  const { resources } = await stackGraph({
    ...(name === "dev" ? devConfig : {}),
    ...config,
    "sock-shop:incident": incident,
  });
  return { name, incident, resources: resources.map((registered) => judged(registered, name)) };
}

function judged({ type, name, inputs }: Registered, stack: string): Resource {
  const urn = `urn:pulumi:${stack}::sock-shop::${type}::${name}`;
  return { urn, type, name, stack, inputs: inTheClear(inputs) as Resource["inputs"] };
}

/** Policies get secrets decrypted. */
function inTheClear(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inTheClear);
  if (typeof value !== "object" || value === null) return value;
  if (signature in value) return inTheClear((value as { value?: unknown }).value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inTheClear(inner)]));
}
