import { resourceRule, words } from "../rule.ts";

export const orgSingletons = resourceRule({
  name: "org-singletons",
  demand: "The stack owns nothing that a Datadog account has only one of",
  why: "Two stacks would overwrite each other, and removing this one would change the account.",
  mend: "leave it to whoever runs the account; read it where it is needed",
  level: "mandatory",
  settings: {
    types: words(
      "Resource types of which an account has one.",
      "LogsPipelineOrder",
      "LogsIndexOrder",
      "LogsArchiveOrder",
      "LogsIndex",
      "OrganizationSettings",
      "SecurityMonitoringRuleOrder",
      "MonitorConfigPolicy",
    ),
  },
  judge({ type }, { types }) {
    const name = /^datadog:.*:(\w+)$/.exec(type)?.[1];
    return name !== undefined && types.includes(name)
      ? [`it is a ${name}, which belongs to the whole account`]
      : [];
  },
});
