import { isMonitor, messageOf, tagsOf } from "../datadog.ts";
import { resourceRule, stringList } from "../rule.ts";

export const monitorRecipient = resourceRule({
  name: "monitor-recipient",
  description:
    "Every monitor notifies somebody, except tagged ones, and in stacks where nobody is to be woken",
  why: "An alert that reaches nobody is not an alert.",
  fix:
    "name a recipient in the message: @team, @slack-channel, @pagerduty-service; " +
    "or tag a monitor that feeds others notifies:nobody",
  level: "mandatory",
  settings: {
    quietStacks: stringList("Stacks where nobody is to be woken.", "dev", "sandbox"),
  },
  evaluate: (resource, { quietStacks }) =>
    !isMonitor(resource) ||
    quietStacks.includes(resource.stack) ||
    tagsOf(resource, "notifies").includes("nobody") ||
    /(^|[\s}])@[\w-]/.test(messageOf(resource).alert)
      ? []
      : ["its message has no recipient, or only for the recovery"],
});
