import { logAnnotations } from "../components/agent/log-rules.ts";
import { shopPipeline } from "../components/logs/shop-pipeline.ts";
import { pipelineArgs } from "../components/logs/spring-boot-pipeline.ts";
import type { ServiceName } from "../components/shop/catalogue.ts";
import { type LogConfig, readLogConfig } from "../sandbox/agent/log-config.ts";
import {
  type AgentEvent,
  createLogRules,
  judged,
  unfolded,
} from "../sandbox/agent/apply-log-rules.ts";
import {
  type GrokStop,
  whereGrokStops,
} from "../sandbox/datadog/logs/grok/explain-grok-mismatch.ts";
import type { LogEvent } from "../sandbox/datadog/logs/log-event.ts";
import { eventsOf } from "../sandbox/datadog/logs/store/raw-logs.ts";
import type { Step } from "../sandbox/datadog/logs/engine-processors.ts";
import { type Processed, runPipelines } from "../sandbox/datadog/logs/pipeline.ts";
import type { GrokDefinition, LogEngine } from "../sandbox/datadog/logs/pipeline-engine.ts";
import type { Pipeline, Processor } from "../sandbox/datadog/state.ts";
import { pipelineBody } from "../sandbox/plugins/datadog/resources/logs-pipeline.ts";

/** What becomes of one event of a service: dropped on the pod's node, or processed by Datadog. */
export type LogTestResult =
  | { readonly text: string; readonly lines: number; readonly droppedBy: string }
  | {
      readonly text: string;
      readonly lines: number;
      readonly processed: Processed;

      /** Only where no rule for the line itself matched. */
      readonly stop?: GrokStop | undefined;
    };

/** Where the lines are tried. */
export interface LogTestOptions {
  readonly service: ServiceName;

  /** IANA name of the zone of the Java services' lines. */
  readonly timeZone: string;
  readonly engine: LogEngine;

  /** When the lines arrive, in milliseconds: Datadog takes no old ones. */
  readonly arrived: number;
}

const scope = { namespace: "sock-shop", clusterName: "any" };

/** Sends lines through the rules and pipelines that this checkout declares; nothing is deployed. */
export async function testLogs(
  lines: readonly string[],
  { service, timeZone, engine, arrived }: LogTestOptions,
): Promise<LogTestResult[]> {
  const config = readLogConfig(logAnnotations(service, service)[annotationName(service)] ?? "");
  const pipelines = [declared(timeZone)];
  const results: LogTestResult[] = [];
  const masks = config.rules.filter(({ type }) => type === "mask_sequences");
  for (const event of joined(lines, config)) {
    const { sent, droppedBy } = judged(event, config.rules);
    const text = unfolded(judged(event, masks).sent?.message ?? "");
    if (droppedBy !== undefined) results.push({ text, lines: event.lines, droppedBy });
    if (sent === undefined) continue;
    const logs = arrival(sent, config, arrived);
    const [processed] = await runPipelines(pipelines, logs, engine, arrived);
    if (processed === undefined) continue;
    const stop = await stopOf(processed, logs[0]?.message ?? "", { pipelines, engine });
    results.push({ text, lines: event.lines, processed, stop });
  }
  return results;
}

function annotationName(service: ServiceName): string {
  return `ad.datadoghq.com/${service}.logs`;
}

function declared(timeZone: string): Pipeline {
  const args = pipelineArgs(shopPipeline({ scope, timeZone }));
  const body = pipelineBody(args);
  return { ...body, id: "declared", type: "pipeline", is_read_only: false } as unknown as Pipeline;
}

/** Joins lines to events, as the Agent does before any other rule. */
function joined(lines: readonly string[], config: LogConfig): AgentEvent[] {
  const starts = config.rules.filter(({ type }) => type === "multi_line");
  const rules = createLogRules({ ...config, rules: starts });
  const push = (text: string) => rules.push({ text, stream: "stdout", nanos: 0n });
  return [...lines.flatMap(push), ...rules.flush()];
}

/** What Datadog's intake makes of an event. */
function arrival(
  { message, status }: AgentEvent,
  { source, service }: LogConfig,
  arrived: number,
): LogEvent[] {
  const ddtags = `kube_namespace:${scope.namespace}`;
  const sent = [{ message, status, service, ddsource: source, ddtags }];
  return eventsOf(sent, { batch: "trial", arrived, isAgent: true });
}

async function stopOf(
  { steps }: Processed,
  message: string,
  { pipelines, engine }: { readonly pipelines: readonly Pipeline[]; readonly engine: LogEngine },
): Promise<GrokStop | undefined> {
  const parsers = steps.flatMap((step) => {
    const processor = processorAt(pipelines, step);
    return processor?.type === "grok-parser" && processor["source"] === "message"
      ? [{ step, grok: processor["grok"] as GrokDefinition }]
      : [];
  });
  if (parsers.some(({ step }) => step.matched !== undefined)) return undefined;
  const stops = await Promise.all(parsers.map(({ grok }) => whereGrokStops(grok, message, engine)));
  return stops
    .filter((stop) => stop !== undefined)
    .sort((one, other) => one.rest.length - other.rest.length)[0];
}

function processorAt(pipelines: readonly Pipeline[], { at }: Step): Processor | undefined {
  const [pipeline, ...names] = at;
  const top = pipelines.find(({ name }) => name === pipeline);
  return names.reduce<Processor | undefined>(
    (parent, name) =>
      (parent?.["processors"] as Processor[] | undefined)?.find((one) => one.name === name),
    top as unknown as Processor | undefined,
  );
}
