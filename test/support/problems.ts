import type { Resource } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { judgeAll } from "../../policies/verdict.ts";

/** What one rule says about resources: the first line of each message, where and what. */
export function problemsOf(
  rule: string,
  resources: readonly Resource[],
  config: object = {},
): string[] {
  const own = rules.filter(({ name }) => name === rule);
  if (own.length === 0) throw new Error(`no rule ${rule}`);
  const findings = judgeAll(own, { name: "sandbox", resources }, { [rule]: config });
  return findings.map(({ message }) => message.split("\n")[0] ?? "");
}
