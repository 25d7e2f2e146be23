import type { Transition } from "../../sandbox/datadog/evaluation/state/monitor-state.ts";
import type { DeclaredMonitor } from "../declared/declared.ts";
import type { Replayed } from "../replay/replay.ts";
import type { RecoveryBlock, Notifications } from "../declared/notifications.ts";

const recoveryFrom = {
  Alert: "is_alert_recovery",
  Warn: "is_warning_recovery",
  "No Data": "is_no_data_recovery",
} as const;

/** https://docs.datadoghq.com/monitors/notify/variables/#conditional-variables */
function recoveryBlocksAt({ from, to }: Transition): readonly RecoveryBlock[] {
  if (from === "Alert" && to === "Warn") return ["is_alert_to_warning"];
  return to === "OK" && from !== "OK" ? ["is_recovery", recoveryFrom[from]] : [];
}

function notifiesProblem({ notification }: Transition, notifies: Notifications): boolean {
  return (
    (notification === "triggered" && notifies.alert) ||
    (notification === "no data" && notifies.noData)
  );
}

function notifiesRecovery(turn: Transition, { recovery }: Notifications): boolean {
  const blocks = turn.notification === undefined ? [] : recoveryBlocksAt(turn);
  return blocks.some((block) => recovery.includes(block));
}

/**
 * Recoveries that notify although the problem did not, and problems that notified but whose recovery
 * does not notify at once; one line each.
 */
export function wrongRecoveries(
  monitors: readonly DeclaredMonitor[],
  { transitions }: Pick<Replayed, "transitions">,
  start: number,
): readonly string[] {
  return monitors.flatMap(({ key, notifies }) => {
    const begun = new Set<string>();
    return (transitions.get(key) ?? []).flatMap((turn) => {
      const { group, at, from, to } = turn;
      if (notifiesProblem(turn, notifies)) {
        begun.add(group);
        return [];
      }
      // Datadog has no block for missing data that turns into an alert: the alert notifies then.
      if (from === "No Data" && to === "Alert") begun.delete(group);
      const isNotified = notifiesRecovery(turn, notifies);
      const wasBegun = (to === "OK" || to === "Warn") && begun.delete(group);
      if (isNotified === wasBegun) return [];
      const minute = (at - start) / 60_000;
      return isNotified
        ? [`${key} notifies at minute ${minute} of the recovery from a problem that did not notify`]
        : [`${key} does not notify at minute ${minute} of the recovery`];
    });
  });
}
