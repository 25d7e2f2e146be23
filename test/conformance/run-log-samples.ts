import { isObject, type LogEvent } from "../../sandbox/datadog/logs/log-event.ts";
import { runPipelines } from "../../sandbox/datadog/logs/pipeline.ts";
import type { LogEngine } from "../../sandbox/datadog/logs/pipeline-engine.ts";
import {
  engineProcessors,
  plainProcessors,
} from "../../sandbox/datadog/logs/processors/processors.ts";
import type { Pipeline } from "../../sandbox/datadog/state.ts";
import { whyNotPipeline } from "../../sandbox/datadog/validation/pipelines.ts";
import { allProcessors, type LogSample, type SampledPipeline } from "./log-samples.ts";
import { type Difference, valueDifferences } from "./value-differences.ts";

/** What became of one sample. */
export interface SampleOutcome {
  readonly pipeline: string;
  /** Counts from 1. */
  readonly number: number;
  /** Whether the stand-in has every processor of the pipeline. */
  readonly inReach: boolean;
  readonly differences: readonly Difference[];
  /** Processors that did not run, and why. */
  readonly notRun: readonly string[];
}

/** The timestamp of a log that no date remapper has dated, as the recordings write it. */
const undated = 1;

/** Sends each sample through the pipeline of its integration. */
export async function runLogSamples(
  pipelines: readonly SampledPipeline[],
  engine: LogEngine,
): Promise<SampleOutcome[]> {
  const outcomes: SampleOutcome[] = [];
  for (const { name, pipeline, samples } of pipelines) {
    // Datadog's harness sends a sample to its integration, whatever its source.
    const declared = { ...pipeline, filter: { query: "*" } } as unknown as Pipeline;
    const { query = "" } = pipeline["filter"] as { query?: string };
    const source = /source:"?([\w.-]+)/.exec(query)?.[1] ?? "";
    const refused = whyNotPipeline(pipeline as unknown as Pipeline);
    const inReach = isInReach(pipeline);
    for (const [index, sample] of samples.entries()) {
      // Tests of years ago: each arrives at the moment that its result names.
      const arrived = sample.result.timestamp ?? undated;
      const [done] = await runPipelines(
        [declared],
        [{ ...eventOf(sample), source }],
        engine,
        arrived,
      );
      if (done === undefined) continue;
      const unfit = done.steps.filter(({ effect }) => /^not (?:run|parsed)/.test(effect));
      outcomes.push({
        pipeline: name,
        number: index + 1,
        inReach,
        differences: differencesOf(sample, done.event),
        notRun: [...(refused === undefined ? [] : [refused]), ...unfit.map((one) => one.effect)],
      });
    }
  }
  return outcomes;
}

function isInReach(pipeline: SampledPipeline["pipeline"]): boolean {
  const served = [...Object.keys(plainProcessors), ...engineProcessors, "pipeline"];
  return allProcessors(pipeline).every(({ type }) => served.includes(type));
}

/**
 * A line that is one JSON object becomes attributes; a text at `message` becomes the message, and an
 * object there joins the other attributes.
 */
function eventOf({ sample, service = "", tags = [] }: LogSample): LogEvent {
  const json = objectIn(sample);
  const { message, ...rest } = json ?? {};
  const isMessage = typeof message === "string";
  const joined = isObject(message) ? { ...rest, ...message } : (json ?? {});
  return {
    id: "1",
    timestamp: undated,
    message: isMessage ? message : sample,
    status: "",
    host: "",
    service,
    source: "",
    trace_id: "",
    tags: [...tags],
    attributes: isMessage ? rest : joined,
  };
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Fields that older recordings leave out are not compared. */
function differencesOf({ result }: LogSample, event: LogEvent): Difference[] {
  const tags = (result.tags ?? []).filter((tag) => tag !== "source:LOGS_SOURCE");
  const fields = ["status", "service", "trace_id", "span_id", "timestamp"] as const;
  return [
    ...valueDifferences(result.custom ?? {}, event.attributes, "custom"),
    ...valueDifferences(comparable(result.message), comparable(event.message), "message"),
    ...fields.flatMap((name) =>
      result[name] === undefined ? [] : valueDifferences(result[name], event[name], name),
    ),
    ...valueDifferences(tags.toSorted(), event.tags.toSorted(), "tags"),
  ];
}

/** Blanks at the ends are YAML's; a message of JSON was written again, and is compared as a value. */
function comparable(text: string | undefined): unknown {
  return text === undefined ? undefined : (objectIn(text) ?? text.trim());
}
