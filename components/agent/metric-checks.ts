import type { ServiceName } from "../shop/catalogue.ts";

/** Services whose `/metrics` tells how long requests took; queue-master's has no durations. */
const measured: readonly ServiceName[] = ["carts", "orders", "shipping"];

/**
 * The annotation that tells the Agent which metrics a container offers; none where it needs none.
 * The logs of the Java services say nothing of durations. What ends in an exception is not in them:
 * the interceptor that measures is not called for it.
 *
 * @param container - the container's name, which the annotation's own name must repeat
 */
export function checkAnnotations(
  service: ServiceName,
  container: { readonly name: string; readonly port: number },
): Record<string, string> {
  if (!measured.includes(service)) return {};
  const instance = {
    openmetrics_endpoint: `http://%%host%%:${container.port}/metrics`,
    namespace: "sockshop",
    metrics: [
      // The releases of the WEAVE images; what was written after them has the other name.
      { request_duration_seconds: "java.request.duration" },
      { http_request_duration_seconds: "java.request.duration" },
    ],
    // Sum and count are enough for a mean; each bucket would be billed.
    collect_histogram_buckets: false,
    // The pod has a tag of that name. All other labels stay: without one of them, several series
    // would be one, and the Agent would take each for the next value of the other.
    exclude_labels: ["service"],
  };
  const checks = { openmetrics: { init_config: {}, instances: [instance] } };
  return { [`ad.datadoghq.com/${container.name}.checks`]: JSON.stringify(checks) };
}
