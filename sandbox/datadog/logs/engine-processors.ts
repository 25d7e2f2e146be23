import type { Processor } from "../state.ts";
import type { Change } from "./event-changes.ts";
import { type LogEvent, mergeAttributes, setAttribute, textOf } from "./log-event.ts";
import { type Effect, type Passage, sourcesOf, valueAt } from "./passage.ts";
import type { GrokDefinition, GrokOutcome, LogEngine, MatchOutcome } from "./pipeline-engine.ts";
import { userAgentDetails } from "./processors/user-agents.ts";

/** What one processor did with one log. */
export interface Step {
  /** Names of the pipeline and, in a nested one, of that; then of the processor. */
  readonly at: readonly string[];
  readonly type: string;
  /** `applied`, or why the log is as it was before. */
  readonly effect: string;
  /** The grok rule or the category that matched. */
  readonly matched?: string;
  /** What it changed, where that was asked for. */
  readonly changes?: readonly Change[];
}

/** A log on its way through the pipelines. */
export interface Traveller extends Passage {
  readonly steps: Step[];
  readonly failures: string[];
  /** The log after the last step, where its changes are asked for. */
  seen?: LogEvent;
}

/** Notes what a processor did with a log, after it was done. */
export type Note = (traveller: Traveller, effect: Effect, matched?: string) => void;

async function runGrok(
  processor: Processor,
  travellers: readonly Traveller[],
  engine: LogEngine,
  note: Note,
): Promise<undefined> {
  const source = typeof processor["source"] === "string" ? processor["source"] : "message";
  const sources = travellers.map(({ event }) => valueAt(event, source));
  const withText = travellers.filter((_, index) => sources[index] !== undefined);
  const texts = sources.filter((value) => value !== undefined).map(textOf);
  const definition = processor["grok"] as GrokDefinition;
  const outcomes = await engine.grok(definition, texts, withText[0]?.arrived);
  withText.forEach((traveller, index) => {
    applyGrok(traveller, outcomes[index], note);
  });
  travellers.forEach((traveller, index) => {
    if (sources[index] === undefined) {
      note(traveller, { unchanged: `no attribute ${source}` });
    }
  });
}

function applyGrok(traveller: Traveller, outcome: GrokOutcome, note: Note): void {
  if (outcome === undefined) {
    note(traveller, { unchanged: "no rule matches" });
  } else if ("failed" in outcome) {
    traveller.failures.push(outcome.failed.how);
    note(traveller, { unchanged: `not parsed (${outcome.failed.how}): ${outcome.failed.why}` });
  } else {
    mergeAttributes(traveller.event.attributes, outcome.found);
    note(traveller, "applied", outcome.rule);
  }
}

interface Category {
  readonly name: string;
  readonly filter: { readonly query?: string };
}

async function runCategories(
  processor: Processor,
  travellers: readonly Traveller[],
  engine: LogEngine,
  note: Note,
): Promise<undefined> {
  const categories = (processor["categories"] ?? []) as Category[];
  const queries = categories.map(({ filter }) => filter.query ?? "");
  const matched = await matchAll(queries, travellers, engine);
  travellers.forEach((traveller, index) => {
    const category = categories[matched[index]?.indexOf(true) ?? -1];
    if (category === undefined) {
      note(traveller, { unchanged: "no category matches" });
      return;
    }
    setAttribute(traveller.event.attributes, String(processor["target"]), category.name);
    note(traveller, "applied", category.name);
  });
}

async function runUserAgents(
  processor: Processor,
  travellers: readonly Traveller[],
  engine: LogEngine,
  note: Note,
): Promise<undefined> {
  const sources = sourcesOf(processor);
  const texts = travellers.map(({ event }) =>
    sources.map((path) => valueAt(event, path)).find((value) => typeof value === "string"),
  );
  const isEncoded = processor["is_encoded"] === true;
  const found = texts.filter((text) => text !== undefined);
  const read = await engine.userAgents(isEncoded ? found.map(decoded) : found);
  let at = 0;
  travellers.forEach((traveller, index) => {
    if (texts[index] === undefined) {
      note(traveller, { unchanged: `no attribute ${sources.join(", ")}` });
      return;
    }
    const details = read[at];
    at += 1;
    if (details === undefined) {
      note(traveller, { unchanged: "not parsed: VRL failed" });
      return;
    }
    const target = String(processor["target"]);
    setAttribute(traveller.event.attributes, target, userAgentDetails(details));
    note(traveller, "applied");
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The processors that ask the engine. */
export const enginePasses = {
  "grok-parser": runGrok,
  "category-processor": runCategories,
  "user-agent-parser": runUserAgents,
};

/** For each log which queries match; none where VRL could not tell. */
export async function matchAll(
  queries: readonly string[],
  travellers: readonly Traveller[],
  engine: LogEngine,
): Promise<(readonly boolean[])[]> {
  if (queries.every((query) => query.trim() === "" || query.trim() === "*")) {
    return travellers.map(() => queries.map(() => true));
  }
  const events = travellers.map(({ event }) => event);
  const outcomes = await engine.match(queries, events);
  return outcomes.map((outcome: MatchOutcome, index) => {
    if ("failed" in outcome) {
      travellers[index]?.failures.push(outcome.failed.how);
      return [];
    }
    return outcome;
  });
}
