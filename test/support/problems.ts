import type { Resource, Stack } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { type Finding, evaluateAll } from "../../policies/evaluate.ts";

/** The stack under another name, as `pulumi stack init` would make it. */
export function renamed(stack: Stack, name: string): Stack {
  return { ...stack, name, resources: stack.resources.map((it) => ({ ...it, stack: name })) };
}

export function ruleOf(name: string) {
  const found = rules.find((it) => it.name === name);
  if (found === undefined) throw new Error(`no rule ${name}`);
  return found;
}

/** Everything that one rule says about a stack. */
export function findings(name: string, stack: Stack, config: object = {}): readonly Finding[] {
  return evaluateAll([ruleOf(name)], stack, { [name]: config });
}

/** What one rule has against a stack, without the reasons. */
export function problems(name: string, stack: Stack, config: object = {}): string[] {
  return findings(name, stack, config).map(({ message }) => message.split("\n")[0] ?? "");
}

/** What one rule has against resources by themselves, in a healthy stack `sandbox`. */
export function problemsOf(
  name: string,
  resources: readonly Resource[],
  config: object = {},
): string[] {
  return problems(name, { name: "sandbox", resources }, config);
}
