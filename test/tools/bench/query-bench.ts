import type { MetricPoint } from "../../../sandbox/datadog/logs/store/metric-store.ts";
import { standIn } from "../../sandbox/datadog/stand-in.ts";
import { median } from "./timing.ts";

const now = Date.UTC(2027, 0, 5, 10);
const series = 100;
/** The agent reports every 15 seconds. */
const everyMs = 15_000;
const hourMs = 3_600_000;
const rounds = 30;

const queries = [
  "avg:bench.gauge{*} by {pod}",
  "sum:bench.gauge{*}",
  "top(avg:bench.gauge{*} by {pod}, 10, 'mean', 'desc')",
] as const;

/**
 * Milliseconds of `GET /api/v1/query` over one hour and 100 series, request to answer, within the
 * process: the median and the slowest of 30 after a first one, which reads the store.
 */
export async function queryCosts(): Promise<readonly (readonly string[])[]> {
  const on = standIn();
  on.service.telemetry.together(() => {
    on.service.telemetry.metrics.add(points());
  });
  const rows: string[][] = [["", "median", "slowest", "first"]];
  for (const query of queries) {
    const times: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const window = `from=${(now - hourMs) / 1000}&to=${now / 1000}`;
      const begin = performance.now();
      const { status } = await on.send(
        `GET /api/v1/query?${window}&query=${encodeURIComponent(query)}`,
      );
      if (status !== 200) throw new Error(`${query}: ${status}`);
      times.push(performance.now() - begin);
    }
    const [first = 0, ...others] = times;
    const figures = [median(others), Math.max(...others), first];
    rows.push([query, ...figures.map((figure) => figure.toFixed(1))]);
  }
  return rows;
}

function points(): MetricPoint[] {
  return Array.from({ length: series }, (_, pod) =>
    Array.from({ length: hourMs / everyMs }, (_, index): MetricPoint => {
      const at = now - index * everyMs;
      const tags = ["kube_cluster_name:sock-shop-sandbox", `pod:pod-${pod}`];
      return { metric: "bench.gauge", at, tags, kind: "gauge", value: (pod * index) % 97 };
    }),
  ).flat();
}
