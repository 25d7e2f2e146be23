import { defineCommand } from "../framework/command.ts";
import { jsonOption, stackOption } from "../framework/shared-options.ts";

export const monitors = defineCommand({
  name: "monitors",
  summary: "list the stack's monitors with their state and the time of its last change",
  options: { stack: stackOption, json: jsonOption },
  details:
    "Asks the stack's Datadog API: the stand-in, or an account. Exit code 1 if a monitor that " +
    "notifies someone is alerting. Monitors tagged notifies:nobody do not count, because some of " +
    "them alert in normal operation: order-volume does as soon as the shop is used.",
  examples: [
    ["./lab monitors", "list those in the sandbox"],
    ["./lab monitors --stack dev", "list those in your account, with the stack's keys"],
  ],
  run: async (given, context) =>
    (await import("../actions/monitors.ts")).runMonitors(given, context),
});
