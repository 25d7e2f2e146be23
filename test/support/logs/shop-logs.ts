import { podTags } from "../../../sandbox/agent/pod-tags.ts";
import type { LogEvent } from "../../../sandbox/datadog/logs/log-event.ts";
import type { LogEngine } from "../../../sandbox/datadog/logs/pipeline-engine.ts";
import type { ServiceName } from "../../../components/shop/catalogue.ts";
import type { Shop } from "../../../simulation/timeline/simulated-shop.ts";
import { agentEvents, arrival, type DeclaredLogs, throughPipelines } from "./log-pipeline.ts";

/** What the pod of a service printed so far, as it is searched for: by agent and pipelines. */
export async function logsOfPod(
  shop: Shop,
  service: ServiceName,
  { declared, engine }: { readonly declared: DeclaredLogs; readonly engine: LogEngine },
): Promise<LogEvent[]> {
  const lines = shop.pod(service).lines.recent();
  const events = agentEvents(declared, service, lines.map(({ text }) => text).join("\n"));
  const arrived = Number((lines.at(-1)?.nanos ?? 0n) / 1_000_000n);
  const ownerReferences = [{ kind: "ReplicaSet", name: `${service}-0` }];
  const metadata = { name: `${service}-0-0`, namespace: "sock-shop", ownerReferences };
  const tags = podTags({ metadata }, "c");
  const logs = events.map((event) => ({ ...arrival(declared, service, event, arrived), tags }));
  return Promise.all(
    logs.map(async (log) => (await throughPipelines(declared, log, engine)).event),
  );
}
