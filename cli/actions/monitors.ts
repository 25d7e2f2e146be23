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
import type { Context } from "../context/context.ts";
import type { StackRequest } from "./requests.ts";

/** Asks Datadog for the stack's monitors, and prints the worst first. */
export async function runMonitors(
  { stack, json }: StackRequest,
  context: Context,
): Promise<number> {
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
}

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
