import type { Answer, Call } from "../http/handler.ts";
import type { LogService } from "../logs/log-service.ts";
import type { MetricKind, MetricPoint } from "../logs/store/metric-store.ts";

interface SeriesBody {
  readonly series: {
    readonly metric: string;
    readonly type?: number;
    readonly points: { readonly timestamp: number; readonly value: number }[];
    readonly tags?: string[];
    readonly resources?: { readonly type?: string; readonly name?: string }[];
  }[];
}

/** By the numbers of Datadog's enumeration; what has no type is a gauge. */
const kinds: readonly MetricKind[] = ["gauge", "count", "rate", "gauge"];

export function submitSeries({ telemetry }: LogService, call: Call): Answer {
  const { series } = call.body as SeriesBody;
  const points = series.flatMap(({ metric, type = 0, points, tags = [], resources = [] }) => {
    const own = resources.map((one) => `${one.type ?? "resource"}:${one.name ?? ""}`);
    return points.map(({ timestamp, value }): MetricPoint => {
      const kind = kinds[type] ?? "gauge";
      return { metric, at: timestamp * 1000, tags: [...tags, ...own], kind, value };
    });
  });
  telemetry.together(() => {
    telemetry.metrics.add(points);
    telemetry.metrics.prune(call.now.getTime());
  });
  return { status: 202, body: { errors: [] } };
}

interface CheckBody {
  readonly check: string;
  readonly host_name: string;
  readonly status: number;
  readonly tags: string[];
  readonly message?: string;
  readonly timestamp?: number;
}

export function submitChecks({ telemetry }: LogService, call: Call): Answer {
  const now = call.now.getTime();
  const runs = (call.body as CheckBody[]).map(
    ({ check: name, host_name, status, tags, message = "", timestamp }) => {
      const at = timestamp === undefined ? now : timestamp * 1000;
      return { name, at, tags: [...tags, `host:${host_name}`], status, message };
    },
  );
  telemetry.together(() => {
    telemetry.checks.add(runs);
    telemetry.checks.prune(now);
  });
  return { status: 202, body: { status: "ok" } };
}
