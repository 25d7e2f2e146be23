import { resourceRule, stringList } from "../rule.ts";

export const orgSingletons = resourceRule({
  name: "org-singletons",
  description: "The stack owns nothing that a Datadog account has only one of",
  why: "Two stacks would overwrite each other, and removing this one would change the account.",
  fix: "leave it to whoever runs the account; read it where it is needed",
  level: "mandatory",
  settings: {
    types: stringList(
      "Resource types of which an account has one; * stands for any beginning.",
      "*Order",
      "*Allowlist",
      "CustomAllocationRules",
      "LogsIndex",
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
