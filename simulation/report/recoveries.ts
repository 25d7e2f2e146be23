import type { Transition } from "../../sandbox/datadog/evaluation/monitor-state.ts";
import type { DeclaredMonitor } from "../declared/declared.ts";
import type { Replayed } from "../replay/replay.ts";
import type { EndBlock, Tells } from "../declared/notifications.ts";

const recoveryFrom = {
  Alert: "is_alert_recovery",
  Warn: "is_warning_recovery",
  "No Data": "is_no_data_recovery",
} as const;

/** https://docs.datadoghq.com/monitors/notify/variables/#conditional-variables */
function endBlocksAt({ from, to }: Transition): readonly EndBlock[] {
  if (from === "Alert" && to === "Warn") return ["is_alert_to_warning"];
  return to === "OK" && from !== "OK" ? ["is_recovery", recoveryFrom[from]] : [];
}

function tellsOfBeginning({ notification }: Transition, tells: Tells): boolean {
  return (
    (notification === "triggered" && tells.alert) || (notification === "no data" && tells.noData)
  );
}

function tellsOfEnd(turn: Transition, { recovery }: Tells): boolean {
  const blocks = turn.notification === undefined ? [] : endBlocksAt(turn);
  return blocks.some((block) => recovery.includes(block));
}

/**
 * Ends that people are told of without ever having heard of the beginning, and ends that those who
 * heard of the beginning are not told of at once; one line each.
 */
export function mistoldEnds(
  monitors: readonly DeclaredMonitor[],
  { transitions }: Pick<Replayed, "transitions">,
  start: number,
): readonly string[] {
  return monitors.flatMap(({ key, tells }) => {
    const begun = new Set<string>();
    return (transitions.get(key) ?? []).flatMap((turn) => {
      const { group, at, from, to } = turn;
      if (tellsOfBeginning(turn, tells)) {
        begun.add(group);
        return [];
      }
      // No block of Datadog tells that silence turned out to be an alert: it is the alert's to tell.
      if (from === "No Data" && to === "Alert") begun.delete(group);
      const isTold = tellsOfEnd(turn, tells);
      const wasBegun = (to === "OK" || to === "Warn") && begun.delete(group);
      if (isTold === wasBegun) return [];
      const minute = (at - start) / 60_000;
      return isTold
        ? [`${key} tells at minute ${minute} of an end whose beginning nobody heard of`]
        : [`${key} does not tell at minute ${minute} that it is over`];
    });
  });
}
