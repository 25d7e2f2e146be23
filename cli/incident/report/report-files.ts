import type { Alarm, Sample } from "../clocks/clocks.ts";
import type { Entry } from "../run/journal.ts";
import type { RunResult } from "../run/result.ts";
import { timeFigure } from "./figures.ts";
import { htmlPage } from "./html.ts";
import { markdownPage } from "./markdown.ts";
import { reviewDraft } from "./review-draft.ts";
import { headline, type ReportFacts, sectionsOf } from "./sections.ts";

/** The reports of a run as files of its bundle: whole, and without the truth for responders. */
export function reportFiles(
  result: RunResult,
  entries: readonly Entry[],
): ReadonlyMap<string, string> {
  const facts = reportFacts(entries);
  const sections = sectionsOf(result, facts);
  const whole = {
    title: `Exercise ${result.options.incident}: ${result.verdict}`,
    headline: headline(result),
    figures: [timeFigure(facts)],
    sections,
  };
  const responders = {
    title: "Exercise: what responders could see",
    headline: headline(result).filter(
      ([what]) => what !== "Valid?" && !what.startsWith("Restored"),
    ),
    figures: [],
    sections: sections.filter(({ truth }) => !truth),
  };
  return new Map([
    ["report.html", htmlPage(whole)],
    ["report.md", markdownPage(whole)],
    ["responders.html", htmlPage(responders)],
    ["responders.md", markdownPage(responders)],
    ["review.md", reviewDraft(result)],
  ]);
}

/** What the journal says of phases and alerts. */
export function reportFacts(entries: readonly Entry[]): ReportFacts {
  const phases = entries.flatMap((entry) =>
    entry.kind === "phase-ended" && entry.status !== "skipped"
      ? [{ phase: entry.phase, status: entry.status, start: entry.start, seconds: entry.duration }]
      : [],
  );
  const first = new Map<string, Alarm>();
  for (const entry of entries) {
    if (entry.kind !== "observed" || entry.what !== "sample") continue;
    for (const alarm of (entry.facts as Sample).alarms) {
      if (!first.has(alarm.name)) first.set(alarm.name, alarm);
    }
  }
  const alerts = [...first.values()].sort((a, b) => a.since.localeCompare(b.since));
  return { phases, alerts };
}
