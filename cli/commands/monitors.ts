import { stackOption } from "../framework/command.ts";
import type { Command } from "../framework/command.ts";
import { print } from "../context/context.ts";
import { datadogAccess } from "../datadog/account.ts";
import { exitCodes } from "../context/errors.ts";
import { columns } from "../framework/help.ts";
import { isAlarm, monitorRows, readMonitors } from "../datadog/monitor-list.ts";
import { openSession } from "../stack/stack-session.ts";

export const monitors: Command = {
  name: "monitors",
  summary: "list the stack's monitors, with their state and since when",
  words: [],
  options: [stackOption],
  details:
    "Asks the Datadog API of the stack, be it the stand-in or an account. Exit code 1 when a monitor " +
    "alerts that tells people; those tagged notifies:nobody do not count, as some of them alert in " +
    "normal operation: order-volume as soon as the shop is used.",
  examples: [
    ["./lab monitors", "those in the sandbox"],
    ["./lab monitors --stack dev", "those in your account, with the keys of the stack"],
  ],
  async run(invocation, context) {
    const access = await datadogAccess(await openSession(invocation, context));
    const found = await readMonitors(access);
    if (found.length === 0) {
      print(context, "no monitor of this stack is declared: ./lab up does it");
      return exitCodes.failed;
    }
    for (const line of columns(monitorRows(found, access.app), "")) print(context, line);
    return found.some(isAlarm) ? exitCodes.failed : exitCodes.ok;
  },
};
