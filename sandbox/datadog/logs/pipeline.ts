import { SearchError } from "../search/syntax.ts";
import type { Pipeline, Processor } from "../state.ts";
import { CompileError } from "../vrl/compiled-programs.ts";
import { type LogEvent, mergeAttributes, setAttribute, textOf } from "./log-event.ts";
import type { GrokDefinition, GrokOutcome, LogEngine, MatchOutcome } from "./pipeline-engine.ts";
import { type Effect, type Passage, sourcesOf, valueAt } from "./passage.ts";
import { plainProcessors } from "./processors/processors.ts";
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
}

/** A log after all pipelines, with the way it went. */
export interface Processed {
  readonly event: LogEvent;
  readonly steps: readonly Step[];
  /** Values that VRL could not deal with: the log passed that processor as it was. */
  readonly failures: readonly string[];
}

interface Traveller extends Passage {
  readonly steps: Step[];
  readonly failures: string[];
}

/**
 * Sends logs through the pipelines as they were declared, in order. A processor or filter that
 * cannot be run leaves the logs as they are, which `whyNotRun` tells beforehand.
 *
 * @param arrived milliseconds since 1970
 */
export async function runPipelines(
  pipelines: readonly Pipeline[],
  events: readonly LogEvent[],
  engine: LogEngine,
  arrived: number,
): Promise<Processed[]> {
  const all = events.map((event): Traveller => {
    return {
      event: structuredClone(event),
      decided: new Set(),
      arrived,
      steps: [],
      failures: [],
    };
  });
  for (const pipeline of pipelines.filter((one) => one.is_enabled)) {
    await runPipeline(pipeline, [pipeline.name], all, engine);
  }
  return all.map(({ event, steps, failures }) => ({ event, steps, failures }));
}

interface AnyPipeline {
  readonly filter?: { query?: string };
  readonly processors: readonly Processor[];
}

async function runPipeline(
  pipeline: AnyPipeline,
  at: readonly string[],
  all: readonly Traveller[],
  engine: LogEngine,
): Promise<void> {
  const query = pipeline.filter?.query ?? "";
  const matched = await matchAll([query], all, engine).catch(ifRefused);
  const inside = all.filter((_, index) => matched?.[index]?.[0] === true);
  if (inside.length === 0) {
    return;
  }
  for (const processor of pipeline.processors) {
    const path = [...at, processor.name ?? processor.type];
    if (processor["is_enabled"] !== true) {
      continue;
    }
    if (processor.type === "pipeline") {
      await runPipeline(processor as unknown as AnyPipeline, path, inside, engine);
    } else {
      await runProcessor(processor, path, inside, engine);
    }
  }
}

async function runProcessor(
  processor: Processor,
  at: readonly string[],
  travellers: readonly Traveller[],
  engine: LogEngine,
): Promise<void> {
  const note = (traveller: Traveller, effect: Effect, matched?: string): void => {
    const words = effect === "applied" ? effect : effect.unchanged;
    const hit = matched === undefined ? {} : { matched };
    traveller.steps.push({ at, type: processor.type, effect: words, ...hit });
  };
  const { type } = processor;
  const plain = plainProcessors[type];
  if (plain !== undefined) {
    travellers.forEach((traveller) => {
      note(traveller, plain(traveller, processor));
    });
  } else if (Object.hasOwn(enginePasses, type)) {
    const run = enginePasses[type as keyof typeof enginePasses];
    const refused = await run(processor, travellers, engine, note).catch(sentence);
    if (refused !== undefined) {
      travellers.forEach((traveller) => {
        note(traveller, { unchanged: `not run: ${refused}` });
      });
    }
  } else {
    travellers.forEach((traveller) => {
      note(traveller, { unchanged: `not run: the stand-in has no ${type}` });
    });
  }
}

type Note = (traveller: Traveller, effect: Effect, matched?: string) => void;

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
const enginePasses = {
  "grok-parser": runGrok,
  "category-processor": runCategories,
  "user-agent-parser": runUserAgents,
};

/** For each log which queries match; none where VRL could not tell. */
async function matchAll(
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

/** Why VRL or our reading of a search refuses what was declared; anything else goes on up. */
function sentence(error: unknown): string {
  if (error instanceof CompileError || error instanceof SearchError) {
    return error.message;
  }
  throw error;
}

function ifRefused(error: unknown): undefined {
  sentence(error);
}
