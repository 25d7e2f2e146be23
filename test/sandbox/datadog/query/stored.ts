import { type LogEvent, setAttribute } from "../../../../sandbox/datadog/logs/log-event.ts";
import type { MetricPoint } from "../../../../sandbox/datadog/logs/store/metric-store.ts";
import { standIn, type StandIn } from "../stand-in.ts";

/** Where the stand-in's clock stands. */
export const now = Date.UTC(2027, 0, 5, 10);
export const minute = 60_000;

/** Points of one series by their seconds before now. */
export function points(
  metric: string,
  kind: MetricPoint["kind"],
  values: Readonly<Record<number, number>>,
  tags: readonly string[] = [],
): MetricPoint[] {
  return Object.entries(values).map(([ago, value]) => {
    const at = now - Number(ago) * 1000;
    const samples = kind === "distribution" ? { samples: [value] } : {};
    return { metric, at, tags, kind, value, ...samples };
  });
}

/** A log that was printed some seconds before now. */
export function line(ago: number, attributes: Record<string, unknown> = {}): LogEvent {
  const { service = "orders", status = "info", message = "done", ...others } = attributes;
  const event: LogEvent = {
    id: `${ago}-${JSON.stringify(attributes)}`,
    timestamp: now - ago * 1000,
    message: String(message),
    status: String(status),
    host: "node-1",
    service: String(service),
    source: "java",
    trace_id: "",
    tags: ["kube_namespace:sock-shop"],
    attributes: {},
  };
  for (const [path, value] of Object.entries(others)) setAttribute(event.attributes, path, value);
  return event;
}

/** A stand-in that was sent these. */
export function withData(stored: {
  readonly points?: readonly MetricPoint[];
  readonly logs?: readonly LogEvent[];
}): StandIn {
  const on = standIn();
  on.service.telemetry.metrics.add(stored.points ?? []);
  on.service.telemetry.logs.add(stored.logs ?? []);
  return on;
}
