import { evaluate } from "../../../sandbox/datadog/evaluation/evaluate.ts";
import { liveSources } from "../../../sandbox/datadog/evaluation/values/live-sources.ts";
import type { EvaluationState } from "../../../sandbox/datadog/evaluation/state/monitor-state.ts";
import { openTelemetry, type Telemetry } from "../../../sandbox/datadog/logs/telemetry.ts";
import type { LogEvent } from "../../../sandbox/datadog/logs/log-event.ts";
import { emptyState } from "../../../sandbox/datadog/state.ts";
import { declaredStack } from "../../../simulation/declared/declared.ts";
import { median } from "./timing.ts";

const start = Date.UTC(2027, 0, 5, 10);
const minutes = 30;

/** Logs a minute: the shop at rest, under load, and ten times that. */
const volumes = [100, 1000, 10_000];

/**
 * Milliseconds of evaluating all monitors of the stack once, by logs a minute: the median and the
 * slowest of half an hour, in which the logs arrive as the time goes on. The first evaluation reads
 * the store and is left out. Beside it what the arrival of a thousand logs takes.
 */
export async function evaluationCosts(): Promise<readonly (readonly string[])[]> {
  const { monitors } = await declaredStack("weave");
  const rows: string[][] = [["", "median", "slowest", "1,000 logs arrive"]];
  for (const volume of volumes) {
    const telemetry = openTelemetry(":memory:");
    try {
      const { evaluations, arrivals } = await halfAnHour(telemetry, monitors, volume);
      rows.push([
        `${volume} logs a minute, ${monitors.length} monitors`,
        median(evaluations).toFixed(1),
        Math.max(...evaluations).toFixed(1),
        ((median(arrivals) / volume) * 1000).toFixed(1),
      ]);
    } finally {
      telemetry.close();
    }
  }
  return rows;
}

async function halfAnHour(
  telemetry: Telemetry,
  monitors: Parameters<typeof evaluate>[0],
  volume: number,
) {
  const sources = liveSources(telemetry, emptyState(new Date(start)));
  let state: EvaluationState = {};
  const [evaluations, arrivals]: [number[], number[]] = [[], []];
  for (let minute = 0; minute <= minutes; minute += 1) {
    const logs = logsOf(minute, volume);
    let begin = performance.now();
    telemetry.together(() => {
      telemetry.logs.add(logs);
    });
    arrivals.push(performance.now() - begin);
    begin = performance.now();
    ({ state } = await evaluate(monitors, sources, state, start + (minute + 1) * 60_000));
    if (minute > 0) evaluations.push(performance.now() - begin);
  }
  return { evaluations, arrivals };
}

const services = ["front-end", "orders", "payment", "shipping", "user"];

function logsOf(minute: number, volume: number): readonly LogEvent[] {
  return Array.from({ length: volume }, (_, index): LogEvent => {
    const service = `sock-shop-${services[index % services.length] ?? ""}`;
    const timestamp = start + minute * 60_000 + Math.floor((index * 60_000) / volume);
    return {
      ...{ id: `${minute}-${index}`, timestamp, message: "Sending payment request", host: "n" },
      ...{ status: "info", service, source: "spring-boot", trace_id: "" },
      tags: ["kube_cluster_name:sock-shop-sandbox", "kube_namespace:sock-shop"],
      attributes: { msg: "Sending payment request", evt: { name: "payment.requested" } },
    };
  });
}
