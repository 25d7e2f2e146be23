import type { CheckRun, Series } from "../../sandbox/datadog/evaluation/values/data.ts";
import type { LogEvent } from "../../sandbox/datadog/logs/log-event.ts";
import { placeTags } from "../declared/declared.ts";

// Signals of other clusters, namespaces and services, in every scenario: a filter that lets them in
// shows. They are as bad and as good as can be, so that neither a minimum nor a maximum hides them.

const everyMs = 30_000;

const elsewhere = [
  ["kube_cluster_name:elsewhere", "kube_namespace:sock-shop"],
  ["kube_cluster_name:sock-shop-sandbox", "kube_namespace:elsewhere"],
] as const;

/** Tags of each metric by which monitors select: their own, and others'. */
const gauges: Readonly<Record<string, { own: readonly string[]; other: readonly string[] }>> = {
  "kubernetes_state.deployment.replicas_available": {
    own: ["kube_deployment:payment"],
    other: ["kube_deployment:another"],
  },
  "kubernetes_state.deployment.replicas_desired": {
    own: ["kube_deployment:payment"],
    other: ["kube_deployment:another"],
  },
  "kubernetes_state.endpoint.address_available": {
    own: ["kube_endpoint:payment"],
    other: ["kube_endpoint:another"],
  },
  "kubernetes_state.pod.status_phase": {
    own: ["pod_phase:running", "kube_job:locust-payment-failure"],
    other: ["pod_phase:running", "kube_job:another"],
  },
};

const counts: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "sockshop.orders.responses": [["http_status:500"], ["http_status:201"]],
  "sockshop.payment.authorise": [["result:true"], ["result:false"]],
  "sockshop.logs.lines": [
    ["service:sock-shop-orders", "status:error"],
    ["service:sock-shop-payment", "status:info"],
  ],
  "sockshop.logs.unparsed": [["service:sock-shop-orders"]],
  "sockshop.orders.events": [
    ["outcome:refused", "evt_name:order.failed"],
    ["outcome:timeout", "evt_name:order.failed"],
    ["evt_name:order.payment_failed"],
  ],
};

/** Series that no monitor of the stack should see. */
export function distractorSeries(from: number, to: number): ReadonlyMap<string, readonly Series[]> {
  const times = moments(from, to);
  const steady = (kind: "gauge" | "count", tags: readonly string[], value: number): Series => {
    return { kind, tags, points: times.map((at) => ({ at, value })) };
  };
  const found = new Map<string, readonly Series[]>();
  for (const [metric, { own, other }] of Object.entries(gauges)) {
    const places = [...elsewhere.map((place) => [...place, ...own]), [...placeTags, ...other]];
    found.set(
      metric,
      places.flatMap((tags) =>
        [0, 5].map((value) => steady("gauge", [...tags, `n:${value}`], value)),
      ),
    );
  }
  for (const [metric, groups] of Object.entries(counts)) {
    found.set(
      metric,
      elsewhere.flatMap((place) =>
        groups.map((tags, index) => steady("count", [...place, ...tags], 20 - index)),
      ),
    );
  }
  return found;
}

/** Logs that no monitor of the stack should count. */
export function distractorLogs(from: number, to: number): readonly LogEvent[] {
  return moments(from, to).flatMap((timestamp, index) => {
    const log = (service: string, place: readonly string[]): LogEvent => ({
      id: `distractor-${service}-${place.join()}-${index}`,
      timestamp,
      message: "status updated to PAYMENT_FAILED",
      status: "error",
      host: "elsewhere",
      service,
      source: "spring-boot",
      trace_id: "",
      tags: [...place],
      attributes: { order: { outcome: index % 2 === 0 ? "refused" : "timeout" } },
    });
    return [
      ...elsewhere.flatMap((place) => [
        log("sock-shop-orders", place),
        log("sock-shop-payment", place),
      ]),
      { ...log("another", placeTags), source: "another" },
    ];
  });
}

/** Agents of another cluster, which are down. */
export function distractorRuns(from: number, to: number): readonly CheckRun[] {
  const tags = ["kube_cluster_name:elsewhere", "host:elsewhere"];
  return moments(from, to).map((at) => ({ at, tags, status: "CRITICAL" }));
}

function moments(from: number, to: number): readonly number[] {
  return Array.from(
    { length: Math.floor((to - from) / everyMs) + 1 },
    (_, i) => from + i * everyMs,
  );
}
