import { hasAlert, messageOf, tagsOf } from "../datadog.ts";
import { isListed } from "../stack-names.ts";
import { listAt, textAt } from "../values.ts";
import { anyHolds, checkResources, type Resource, stackRule, stringList } from "../rule.ts";

export const monitorRecipient = stackRule({
  name: "monitor-recipient",
  description:
    "Every monitor notifies somebody, unless its tag or its stack says that it notifies nobody",
  why: "An alert that reaches nobody is not an alert.",
  fix:
    "name a recipient in the message: @team, @slack-channel, @pagerduty-service; or match its tags by " +
    "a notification rule; or add the tag notifies:nobody to a monitor that only feeds others",
  level: "mandatory",
  settings: {
    quietStacks: stringList(
      "Stacks where monitors may notify nobody; a name may end in *.",
      "dev",
      "sandbox",
      "team-*",
    ),
  },
  evaluate({ resources }, { quietStacks }) {
    const rules = resources.filter(isRoutingRule);
    return checkResources(resources.filter(hasAlert), (monitor) =>
      isListed(monitor.stack, quietStacks) ||
      tagsOf(monitor, "notifies").includes("nobody") ||
      /(^|[\s}])@[\w-]/.test(alwaysSent(messageOf(monitor).alert)) ||
      anyHolds(rules, (rule) => routes(rule, monitor))
        ? []
        : ["its message has no recipient, or only for the recovery"],
    );
  },
});

function isRoutingRule({ type }: Resource): boolean {
  return type === "datadog:index/monitorNotificationRule:MonitorNotificationRule";
}

/** Whether a rule matches the monitor's tags and notifies somebody. */
function routes({ inputs }: Resource, monitor: Resource): boolean {
  const tags = listAt(monitor.inputs, "tags").map((tag) => textAt(tag));
  const wanted = listAt(inputs, "filter", "tags").map((tag) => textAt(tag));
  const conditions = listAt(inputs, "conditionalRecipients", "conditions");
  const recipients = [
    ...listAt(inputs, "recipients"),
    ...conditions.flatMap((condition) => listAt(condition, "recipients")),
  ];
  return wanted.length > 0 && wanted.every((tag) => tags.includes(tag)) && recipients.length > 0;
}

/** A message without comments, and without what only some values of a variable show. */
function alwaysSent(message: string): string {
  return message
    .replace(/\{\{!(?:--[^]*?--|[^}]*)\}\}/g, "")
    .replace(/\{\{#(is_(?:exact_)?match)\b[^]*?\{\{\/\1\}\}/g, "");
}
