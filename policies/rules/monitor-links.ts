import { isMonitor } from "../datadog.ts";
import { textAt } from "../values.ts";
import { resourceRule } from "../rule.ts";

/** Pages of Datadog that show a span of time: the last minutes, where the address names none. */
const timedPages =
  /https?:\/\/\S+?\/(?:logs|dashboard\/(?!lists?\b)[\w-]+(?:\/[\w-]*)?|(?:event|metric)\/explorer)\?/;

/** Blanks stand inside of a template variable alone. */
const address = /https?:\/\/(?:\{\{[^}]*\}\}|[^\s{<>)\]])+/g;

export const monitorLinks = resourceRule({
  name: "monitor-links",
  description: "Links of a monitor's message into Datadog carry the time of the alert",
  why: "Whoever opens a link an hour later sees the last minutes instead of what happened.",
  fix: 'add &from_ts={{eval "last_triggered_at_epoch-15*60*1000"}}&to_ts=… to the link',
  level: "mandatory",
  evaluate(resource) {
    if (!isMonitor(resource)) return [];
    const links = (textAt(resource.inputs, "message") ?? "").match(address) ?? [];
    return links
      .filter((link) => timedPages.test(link) && !isTimed(link))
      .map((link) => `its link ${link.slice(0, 80)} has no time of the alert`);
  },
});

function isTimed(link: string): boolean {
  return ["from_ts", "to_ts"].every((name) =>
    new RegExp(`[?&]${name}=\\{\\{[^}]*triggered_at_epoch`).test(link),
  );
}
