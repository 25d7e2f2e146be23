import type { LogConfig } from "../../sandbox/agent/log-config.ts";
import { type AgentEvent, createLogRules, unfolded } from "../../sandbox/agent/apply-log-rules.ts";
import { FLUSH_AFTER_MS } from "../../sandbox/agent/apply-log-rules.ts";
import type { LogEvent } from "../../sandbox/datadog/logs/log-event.ts";
import { placeTags } from "../declared/declared.ts";
import type { ShopLine } from "../timeline/shop-lines.ts";
import { nodeOfWorkload } from "../timeline/timeline.ts";

/** What the agents send of the lines of all pods, by the rules on each pod. */
export function agentEvents(
  lines: readonly ShopLine[],
  configs: ReadonlyMap<string, LogConfig>,
): readonly LogEvent[] {
  const workloads = [...new Set(lines.map(({ workload }) => workload))];
  return workloads.flatMap((workload) => {
    const config = configs.get(workload) ?? { tags: [], rules: [] };
    const events = ruled(
      lines.filter((line) => line.workload === workload),
      config,
    );
    return events.map((event, index) => logEvent(event, `${workload}-${index}`, workload, config));
  });
}

function ruled(lines: readonly ShopLine[], config: LogConfig): readonly AgentEvent[] {
  const rules = createLogRules(config);
  const events: AgentEvent[] = [];
  let last = 0n;
  for (const line of lines) {
    if (line.nanos - last > BigInt(FLUSH_AFTER_MS) * 1_000_000n) events.push(...rules.flush());
    last = line.nanos;
    events.push(...rules.push(line));
  }
  return [...events, ...rules.flush()];
}

function logEvent(
  { message, status, nanos }: AgentEvent,
  id: string,
  workload: string,
  { source = workload, service = workload, tags }: LogConfig,
): LogEvent {
  return {
    id,
    timestamp: Number(nanos / 1_000_000n),
    message: unfolded(message),
    status,
    host: nodeOfWorkload(workload),
    service,
    source,
    trace_id: "",
    tags: [...placeTags, `kube_deployment:${workload}`, ...tags],
    attributes: {},
  };
}
