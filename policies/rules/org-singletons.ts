import { resourceRule, stringList } from "../rule.ts";

export const orgSingletons = resourceRule({
  name: "org-singletons",
  description: "The stack owns nothing that exists only once per Datadog account",
  why: "Two stacks would overwrite each other, and destroying one would change the account.",
  fix: "leave it to the account's administrators, and read it where it is needed",
  level: "mandatory",
  settings: {
    types: stringList(
      "Resource types that exist once per account; a leading * matches any prefix.",
      "*Order",
      "*Allowlist",
      "CustomAllocationRules",
      "MonitorConfigPolicy",
      "OrganizationSettings",
      "SyntheticsConcurrencyCap",
      "TagPipelineRulesets",
    ),
  },
  evaluate({ type }, { types }) {
    const name = /^datadog:.*:(\w+)$/.exec(type)?.[1];
    return name !== undefined && types.some((it) => fits(name, it))
      ? [`it is a ${name}, which belongs to the whole account`]
      : [];
  },
});

function fits(name: string, type: string): boolean {
  return type.startsWith("*") ? name.endsWith(type.slice(1)) : name === type;
}
