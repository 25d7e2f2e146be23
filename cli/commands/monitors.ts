import { defineCommand } from "../framework/command.ts";
import { jsonOption, stackOption } from "../framework/shared-options.ts";
import { print } from "../context/context.ts";
import { datadogAccess } from "../datadog/account.ts";
import { exitCodes } from "../context/errors.ts";
import { columns } from "../framework/columns.ts";
import {
  isAlarm,
  monitorRows,
  type MonitorView,
  readMonitors,
  worstFirst,
} from "../datadog/monitor-list.ts";
import { stackHint } from "../stack/hints.ts";
import { printDocument } from "../json/print-document.ts";
import type { MonitorsDocument } from "../json/schemas/datadog.ts";
import { openSession } from "../stack/stack-session.ts";

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
  async run({ stack, json }, context) {
    const access = await datadogAccess(await openSession({ stack }, context));
    const found = await readMonitors(access);
    const ok = found.length > 0 && !found.some(isAlarm);
    if (json) {
      const monitors = found.toSorted(worstFirst).map((monitor) => monitorOf(monitor, access.app));
      const { standIn } = access;
      printDocument<MonitorsDocument>(context, { ok, stack, standIn, monitors });
    } else if (found.length === 0) {
      print(context, `Datadog has no monitor of this stack; run ./lab up${stackHint(stack)}`);
    } else {
      for (const line of columns(monitorRows(found, access.app), "")) print(context, line);
    }
    return ok ? exitCodes.ok : exitCodes.failed;
  },
});

function monitorOf(monitor: MonitorView, app: string): MonitorsDocument["monitors"][number] {
  const { id, name, priority, tags, overall_state: state } = monitor;
  const since = monitor.overall_state_modified;
  return {
    id,
    name,
    state,
    since: since === null ? null : new Date(since).toISOString(),
    priority,
    notifies: !tags.includes("notifies:nobody"),
    tags: [...tags],
    url: `${app}monitors/${id}`,
    groups: Object.values(monitor.state?.groups ?? {})
      .filter((group) => group.name !== "*" && group.status !== "OK")
      .map((group) => ({ name: group.name, state: group.status })),
  };
}
