import { defineCommand } from "../framework/command.ts";
import { stackOption } from "../framework/shared-options.ts";
import { print } from "../context/context.ts";
import { datadogAccess } from "../datadog/account.ts";
import { exitCodes } from "../context/errors.ts";
import { columns } from "../framework/columns.ts";
import { isAlarm, monitorRows, readMonitors } from "../datadog/monitor-list.ts";
import { stackHint } from "../stack/hints.ts";
import { openSession } from "../stack/stack-session.ts";

export const monitors = defineCommand({
  name: "monitors",
  summary: "list the stack's monitors with their state and the time of its last change",
  options: { stack: stackOption },
  details:
    "Asks the stack's Datadog API: the stand-in, or an account. Exit code 1 if a monitor that " +
    "notifies someone is alerting. Monitors tagged notifies:nobody do not count, because some of " +
    "them alert in normal operation: order-volume does as soon as the shop is used.",
  examples: [
    ["./lab monitors", "list those in the sandbox"],
    ["./lab monitors --stack dev", "list those in your account, with the stack's keys"],
  ],
  async run({ stack }, context) {
    const access = await datadogAccess(await openSession({ stack }, context));
    const found = await readMonitors(access);
    if (found.length === 0) {
      print(context, `Datadog has no monitor of this stack; run ./lab up${stackHint(stack)}`);
      return exitCodes.failed;
    }
    for (const line of columns(monitorRows(found, access.app), "")) print(context, line);
    return found.some(isAlarm) ? exitCodes.failed : exitCodes.ok;
  },
});
