import type { Sample } from "../clocks/clocks.ts";
import type { Entry } from "../run/journal.ts";
import type { RunResult } from "../run/result.ts";
import { monitorsFigure, ordersFigure, timeFigure } from "./figures.ts";
import { htmlPage } from "./html.ts";
import { markdownPage } from "./markdown.ts";
import { reviewDraft } from "./review-draft.ts";
import {
  type Alerted,
  type Course,
  headline,
  type ReportFacts,
  type Section,
  sectionsOf,
} from "./sections.ts";

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
    figures: [timeFigure(facts), monitorsFigure(facts), ordersFigure(facts)],
    sections,
  };
  const responders = {
    title: "Exercise: what responders could see",
    headline: headline(result).filter(
      ([what]) => what !== "Valid?" && !what.startsWith("Restored"),
    ),
    figures: [monitorsFigure(facts), ordersFigure(facts)],
    sections: sections.filter(({ truth }) => !truth).map(withoutTruth),
  };
  return new Map([
    ["report.html", htmlPage(whole)],
    ["report.md", markdownPage(whole)],
    ["responders.html", htmlPage(responders)],
    ["responders.md", markdownPage(responders)],
    ["review.md", reviewDraft(result)],
  ]);
}

/** A part for responders names no file that they do not get. */
function withoutTruth({ source, ...section }: Section): Section {
  return source?.startsWith("world/") === true ? { ...section, source } : section;
}

/** What the journal says of phases, alerts and orders. */
export function reportFacts(entries: readonly Entry[]): ReportFacts {
  const phases = entries.flatMap((entry) =>
    entry.kind === "phase-ended" && entry.status !== "skipped"
      ? [{ phase: entry.phase, status: entry.status, start: entry.start, seconds: entry.duration }]
      : [],
  );
  const samples = entries.flatMap((entry) =>
    entry.kind === "observed" && entry.what === "sample" ? [entry.facts as Sample] : [],
  );
  return {
    phases,
    alerts: alertsIn(samples),
    monitors: coursesIn(samples),
    orders: orderSteps(samples),
  };
}

/** A sample has the states that are other than before. */
function coursesIn(samples: readonly Sample[]): Course[] {
  const last = samples.at(-1)?.at ?? "";
  const parts = new Map<string, { state: string; from: string; to: string }[]>();
  for (const { at, states = {} } of samples) {
    for (const [name, state] of Object.entries(states)) {
      const known = parts.get(name) ?? [];
      const before = known.at(-1);
      if (before !== undefined) before.to = at;
      parts.set(name, [...known, { state, from: at, to: last }]);
    }
  }
  return [...parts]
    .map(([name, known]) => ({ name, parts: known }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

function alertsIn(samples: readonly Sample[]): Alerted[] {
  const found = new Map<string, Alerted>();
  for (const { at, alarms } of samples) {
    for (const { name, since } of alarms) {
      if (!found.has(`${name}${since}`)) found.set(`${name}${since}`, { name, since });
    }
    for (const [key, alert] of found) {
      const stands = alarms.some(({ name, since }) => `${name}${since}` === key);
      if (!stands && alert.until === undefined) found.set(key, { ...alert, until: at });
    }
  }
  return [...found.values()].sort((a, b) => a.since.localeCompare(b.since));
}

function orderSteps(samples: readonly Sample[]): ReportFacts["orders"] {
  return samples.slice(1).flatMap(({ at, orders }, index) => {
    const before = samples[index]?.orders;
    if (orders === undefined || before === undefined) return [];
    return [{ at, placed: orders.placed - before.placed, failed: orders.failed - before.failed }];
  });
}
