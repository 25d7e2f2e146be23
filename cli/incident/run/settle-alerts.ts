import { datadogAccess } from "../../datadog/account.ts";
import { isAlarm, readMonitors } from "../../datadog/monitor-list.ts";
import type { Session } from "../../stack/stack-session.ts";

/** Monitors look back an hour at most; the longest window that pages is 30 minutes. */
const patienceMs = 35 * 60_000;
const everyMs = 15_000;

/** Waits until no monitor of the run before alerts, so that the next one begins as that one did. */
export async function settleAlerts(
  session: Session,
  interrupted: () => string | undefined,
): Promise<void> {
  const access = await datadogAccess(session);
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline && interrupted() === undefined) {
    const alarms = (await readMonitors(access)).filter(isAlarm);
    if (alarms.length === 0) return;
    await session.context.sleep(everyMs);
  }
}
