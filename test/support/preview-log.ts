import type { EngineStep, LoggedEvent } from "../../cli/pulumi/event-log.ts";

/** A resource as a preview shows it. */
export interface Shown {
  /** Types from the outermost component, with `$` in between. */
  readonly path: string;
  readonly name: string;
  readonly inputs?: object;
  readonly operation?: EngineStep["op"];
}

export const payment: Shown = {
  path: "sockshop:shop:SockShop$kubernetes:apps/v1:Deployment",
  name: "payment",
  inputs: { spec: { replicas: 1, template: { spec: { containers: [{ image: "payment:1" }] } } } },
};
export const monitor: Shown = {
  path: "sockshop:monitors:PaymentMonitors$datadog:index/monitor:Monitor",
  name: "payment-no-replicas",
  inputs: { query: "max(last_1m):… < 1" },
};
export const agent: Shown = {
  path: "sockshop:agent:DatadogAgent$kubernetes:helm.sh/v3:Release",
  name: "datadog-agent",
  inputs: { values: { clusterAgent: { token: "a" } } },
};
export const loadJob: Shown = {
  path: "sockshop:incident:LoadJob$kubernetes:batch/v1:Job",
  name: "locust",
  inputs: {},
  operation: "create",
};

/** The same resource, asked for with other inputs. */
export function asking(
  shown: Shown,
  inputs: object,
  operation: EngineStep["op"] = "update",
): Shown {
  return { ...shown, inputs, operation };
}

/** An event log as the engine writes it during a preview. */
export function previewLog(shown: readonly Shown[], result = "succeeded"): string {
  const events: LoggedEvent[] = [
    ...shown.map((resource) => ({ resourcePreEvent: { metadata: stepOf(resource) } })),
    { summaryEvent: { result } },
  ];
  return events.map((event) => JSON.stringify(event)).join("\n");
}

function stepOf({ path, name, inputs = {}, operation = "same" }: Shown): EngineStep {
  const urn = `urn:pulumi:sandbox::sock-shop::${path}::${name}`;
  const type = path.split("$").at(-1) ?? "";
  const state = { urn, type, id: name, parent: "", provider: "", inputs, outputs: {} };
  const states = operation === "delete" ? { old: state } : { new: state };
  return { op: operation, urn, type, provider: "", ...states };
}
