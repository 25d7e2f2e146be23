import { evaluate } from "../../../sandbox/datadog/evaluation/evaluate.ts";
import { liveSources } from "../../../sandbox/datadog/evaluation/values/live-sources.ts";
import type { EvaluationState } from "../../../sandbox/datadog/evaluation/state/monitor-state.ts";
import { openTelemetry } from "../../../sandbox/datadog/logs/telemetry.ts";
import type { LogEvent } from "../../../sandbox/datadog/logs/log-event.ts";
import { emptyState } from "../../../sandbox/datadog/state.ts";
import { declaredStack } from "../../../simulation/declared/declared.ts";

const start = Date.UTC(2027, 0, 5, 10);
const minutes = 30;

/** Logs a minute: the shop at rest, under load, and ten times that. */
const volumes = [100, 1000, 10_000];

/**
 * Milliseconds of evaluating one monitor once, by logs a minute: half an hour of the stack's monitors
 * on the store that the stand-in keeps.
 */
export async function evaluationCosts(): Promise<readonly (readonly [string, string])[]> {
  const { monitors } = await declaredStack("weave");
  const rows: [string, string][] = [];
  for (const volume of volumes) {
    const telemetry = openTelemetry(":memory:");
    try {
      fill(volume, (logs) => {
        telemetry.logs.add(logs);
      });
      const sources = liveSources(telemetry, emptyState(new Date(start)));
      let state: EvaluationState = {};
      const begin = performance.now();
      for (let minute = 1; minute <= minutes; minute += 1) {
        ({ state } = await evaluate(monitors, sources, state, start + minute * 60_000));
      }
      const each = (performance.now() - begin) / (minutes * monitors.length);
      rows.push([`${volume} logs a minute`, each.toFixed(2)]);
    } finally {
      telemetry.close();
    }
  }
  return rows;
}

const services = ["front-end", "orders", "payment", "shipping", "user"];

function fill(volume: number, add: (logs: readonly LogEvent[]) => void): void {
  for (let minute = 0; minute < minutes; minute += 1) {
    add(
      Array.from({ length: volume }, (_, index): LogEvent => {
        const service = `sock-shop-${services[index % services.length] ?? ""}`;
        const timestamp = start + minute * 60_000 + Math.floor((index * 60_000) / volume);
        return {
          ...{ id: `${minute}-${index}`, timestamp, message: "Sending payment request", host: "n" },
          ...{ status: "info", service, source: "spring-boot", trace_id: "" },
          tags: ["kube_cluster_name:sock-shop-sandbox", "kube_namespace:sock-shop"],
          attributes: { msg: "Sending payment request", evt: { name: "payment.requested" } },
        };
      }),
    );
  }
}
