import { hasAlert, messageOf, tagsOf } from "../datadog.ts";
import { resourceRule, stringList } from "../rule.ts";
import { isListed } from "../stack-names.ts";

export const monitorRecipient = resourceRule({
  name: "monitor-recipient",
  description:
    "Every monitor notifies somebody, unless its tag or its stack says that it notifies nobody",
  why: "An alert that reaches nobody is not an alert.",
  fix:
    "name a recipient in the message: @team, @slack-channel, @pagerduty-service; " +
    "or add the tag notifies:nobody to a monitor that only feeds others",
  level: "mandatory",
  settings: {
    quietStacks: stringList(
      "Stacks where monitors may notify nobody; a name may end in *.",
      "dev",
      "sandbox",
      "team-*",
    ),
  },
  evaluate: (resource, { quietStacks }) =>
    !hasAlert(resource) ||
    isListed(resource.stack, quietStacks) ||
    tagsOf(resource, "notifies").includes("nobody") ||
    /(^|[\s}])@[\w-]/.test(alwaysSent(messageOf(resource).alert))
      ? []
      : ["its message has no recipient, or only for the recovery"],
});

/** A message without comments, and without what only some values of a variable show. */
function alwaysSent(message: string): string {
  return message
    .replace(/\{\{!(?:--[^]*?--|[^}]*)\}\}/g, "")
    .replace(/\{\{#(is_(?:exact_)?match)\b[^]*?\{\{\/\1\}\}/g, "");
}
