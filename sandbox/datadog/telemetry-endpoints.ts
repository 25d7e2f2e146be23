import { type Endpoints, v1, v2 } from "./http/endpoint.ts";
import { intakeBytes, intakeLogs } from "./routes/logs-intake.ts";
import { aggregateLogs, searchLogs } from "./routes/logs-search.ts";
import { submitChecks, submitSeries } from "./routes/series.ts";

/** What takes logs, series and checks, and what looks for them. */
export const telemetryEndpoints: Endpoints = {
  "POST /api/v2/logs": {
    keys: "api",
    serve: intakeLogs,
    errors: "details",
    query: ["ddsource", "ddtags", "dd-protocol"],
    compressed: { bytes: intakeBytes },
    imitates: "gzip, limits, on disk before 202; 429 when too many wait; `sandbox-batch` names one",
  },
  "POST /api/v2/logs/events/search": {
    body: v2("LogsListRequest"),
    serve: searchLogs,
    imitates:
      "Datadog's search syntax, times, order, cursor; what indexes hold; unknown syntax is 400",
  },
  "POST /api/v2/logs/analytics/aggregate": {
    body: v2("LogsAggregateRequest"),
    serve: aggregateLogs,
    imitates: "counts, cardinality, sums, percentiles; groups by facet; lines in time",
  },

  "POST /api/v2/series": {
    keys: "api",
    body: v2("MetricPayload"),
    serve: submitSeries,
    compressed: { bytes: 5 * 1024 * 1024 },
    imitates: "counts, rates, gauges; kept three days",
  },
  "POST /api/v1/check_run": {
    keys: "api",
    body: v1("Array<ServiceCheck>"),
    serve: submitChecks,
    compressed: { bytes: 5 * 1024 * 1024 },
    imitates: "kept three days",
  },
};
