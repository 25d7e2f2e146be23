import { readLogConfig } from "../../../sandbox/agent/log-config.ts";
import { type AgentEvent, createLogRules } from "../../../sandbox/agent/apply-log-rules.ts";
import type { LogEvent } from "../../../sandbox/datadog/logs/log-event.ts";
import { type Processed, runPipelines } from "../../../sandbox/datadog/logs/pipeline.ts";
import { eventsOf } from "../../../sandbox/datadog/logs/store/raw-logs.ts";
import type { LogEngine } from "../../../sandbox/datadog/logs/pipeline-engine.ts";
import type { Pipeline } from "../../../sandbox/datadog/state.ts";
import { pipelineBody } from "../../../sandbox/plugins/datadog/resources/logs-pipeline.ts";
import { ofType, type Registered } from "../../../simulation/declared/resource-graph.ts";
import { stackGraph } from "../../../simulation/declared/stack-graph.ts";

/** What the stack declares about logs: the pipelines as the API gets them, the pods' annotations. */
export interface DeclaredLogs {
  readonly pipelines: readonly Pipeline[];
  readonly annotations: ReadonlyMap<string, string>;
}

/** Runs the program, and takes from its resources what is said about logs. */
export async function declaredLogs(
  config: Readonly<Record<string, string>> = {},
): Promise<DeclaredLogs> {
  const { resources } = await stackGraph(config);
  const declared = ofType(resources, "datadog:index/logsCustomPipeline:LogsCustomPipeline");
  const pipelines = [...declared.values()].map(({ name, inputs }) => {
    const body = pipelineBody(inputs as Parameters<typeof pipelineBody>[0]);
    return { ...body, id: name, type: "pipeline", is_read_only: false } as unknown as Pipeline;
  });
  const deployments = ofType(resources, "kubernetes:apps/v1:Deployment");
  const annotations = new Map(
    [...deployments].map(([name, { inputs }]) => [name, annotationOf(name, inputs)]),
  );
  return { pipelines, annotations };
}

function annotationOf(container: string, inputs: Registered["inputs"]): string {
  const { spec } = inputs as {
    spec: { template: { metadata: { annotations?: Record<string, string> } } };
  };
  return spec.template.metadata.annotations?.[`ad.datadoghq.com/${container}.logs`] ?? "";
}

/** The events that the Agent makes of a text, line by line, and then flushes. */
export function agentEvents(
  { annotations }: DeclaredLogs,
  service: string,
  text: string,
  stream: "stdout" | "stderr" = "stdout",
): AgentEvent[] {
  const rules = createLogRules(readLogConfig(annotations.get(service) ?? ""));
  const pushed = text.split("\n").map((line) => rules.push({ text: line, stream, nanos: 0n }));
  return [...pushed.flat(), ...rules.flush()];
}

/** One event as Datadog's intake reads it. */
export function arrival(
  { annotations }: DeclaredLogs,
  service: string,
  { message, status }: AgentEvent,
  arrived: number,
): LogEvent {
  const { service: tag = "", source = "" } = readLogConfig(annotations.get(service) ?? "");
  const item = { message, status, service: tag, ddsource: source };
  const sent = [{ ...item, ddtags: "kube_namespace:sock-shop" }];
  const [event] = eventsOf(sent, { batch: "1", arrived, isAgent: true });
  if (event === undefined) throw new Error("the intake takes no log");
  return event;
}

/** What the declared pipelines make of one event. */
export async function throughPipelines(
  { pipelines }: DeclaredLogs,
  event: LogEvent,
  engine: LogEngine,
): Promise<Processed> {
  const [processed] = await runPipelines(pipelines, [event], engine, event.timestamp);
  if (processed === undefined) throw new Error("the log is lost");
  return processed;
}
