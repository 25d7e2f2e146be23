import { SearchError } from "../search/syntax.ts";
import type { Pipeline, Processor } from "../state.ts";
import { CompileError } from "../vrl/compiled-programs.ts";
import {
  enginePasses,
  matchAll,
  type Note,
  type Step,
  type Traveller,
} from "./engine-processors.ts";
import { changesBetween } from "./event-changes.ts";
import type { LogEvent } from "./log-event.ts";
import type { LogEngine } from "./pipeline-engine.ts";
import { plainProcessors } from "./processors/processors.ts";

/** A log after all pipelines, with the way it went. */
export interface Processed {
  readonly event: LogEvent;
  readonly steps: readonly Step[];
  /** Values that VRL could not deal with: the log passed that processor as it was. */
  readonly failures: readonly string[];
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
  const all = events.map((event) => traveller(event, arrived));
  await runAll(pipelines, all, engine);
  return all.map(processedOf);
}

/** Sends one log through the pipelines as `runPipelines` does, and notes what each step changed. */
export async function explainPipelines(
  pipelines: readonly Pipeline[],
  event: LogEvent,
  engine: LogEngine,
  arrived: number,
): Promise<Processed> {
  const one = { ...traveller(event, arrived), seen: event };
  await runAll(pipelines, [one], engine);
  return processedOf(one);
}

function traveller(event: LogEvent, arrived: number): Traveller {
  const copy = structuredClone(event);
  return { event: copy, decided: new Set(), arrived, steps: [], failures: [] };
}

function processedOf({ event, steps, failures }: Traveller): Processed {
  return { event, steps, failures };
}

async function runAll(
  pipelines: readonly Pipeline[],
  all: readonly Traveller[],
  engine: LogEngine,
): Promise<void> {
  for (const pipeline of pipelines.filter((one) => one.is_enabled)) {
    await runPipeline(pipeline, [pipeline.name], all, engine);
  }
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
  const note: Note = (traveller, effect, matched) => {
    const words = effect === "applied" ? effect : effect.unchanged;
    const hit = matched === undefined ? {} : { matched };
    traveller.steps.push({
      at,
      type: processor.type,
      effect: words,
      ...hit,
      ...changed(traveller),
    });
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

function changed(traveller: Traveller): Pick<Step, "changes"> {
  if (traveller.seen === undefined) return {};
  const changes = changesBetween(traveller.seen, traveller.event);
  traveller.seen = structuredClone(traveller.event);
  return { changes };
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
