import type { Endpoints } from "./http/endpoint.ts";
import { getHostTags, hostTotals, listHosts, listHostTags } from "./routes/hosts.ts";
import {
  activeConfigurations,
  allTags,
  getMetricMetadata,
  listActiveMetrics,
  listMetricsV2,
  searchMetrics,
} from "./routes/metrics-list.ts";
import { getServiceDefinition, listServiceDefinitions } from "./routes/service-definitions.ts";
import { getSloStatus } from "./routes/slo-status.ts";

/** What says which metrics, hosts and services there are. */
export const listEndpoints: Endpoints = {
  "GET /api/v1/metrics": {
    query: ["from", "host", "tag_filter"],
    serve: listActiveMetrics,
    imitates: "names with points since then; the filter is tags with commas between them",
  },
  "GET /api/v1/search": {
    query: ["q"],
    serve: searchMetrics,
    imitates: "metrics and hosts of the last day by a part of the name",
  },
  "GET /api/v1/metrics/:name": {
    serve: getMetricMetadata,
    imitates: "the type; nobody has described a metric or given it a unit",
  },
  "GET /api/v2/metrics": {
    query: [
      "filter[configured]",
      "filter[tags_configured]",
      "filter[metric_type]",
      "filter[tags]",
      "window[seconds]",
      "page[size]",
    ],
    serve: listMetricsV2,
    imitates: "all of the window on one page; log-based metrics with their declared tags",
  },
  "GET /api/v2/metrics/:name/all-tags": {
    query: ["window[seconds]", "filter[tags]", "page[limit]"],
    serve: allTags,
    imitates: "tags of its points in the window",
  },
  "GET /api/v2/metrics/:name/active-configurations": {
    query: ["window[seconds]"],
    serve: activeConfigurations,
    imitates: "the keys of its tags; nothing is known of who queried it",
  },
  "GET /api/v1/hosts": {
    query: [
      ...["filter", "sort_field", "sort_dir", "start", "count", "from"],
      ...["include_muted_hosts_data", "include_hosts_metadata"],
    ],
    serve: listHosts,
    imitates: "hosts that checks, logs or metrics name, by name; no platform, no load",
  },
  "GET /api/v1/hosts/totals": {
    query: ["from"],
    serve: hostTotals,
    imitates: "active, and up: reported in the last five minutes",
  },
  "GET /api/v1/tags/hosts": {
    query: ["source"],
    serve: listHostTags,
    imitates: "where hosts are",
  },
  "GET /api/v1/tags/hosts/:host": {
    query: ["source"],
    serve: getHostTags,
    imitates: "where the host is",
  },
  "GET /api/v2/services/definitions": {
    query: ["page[size]", "page[number]", "schema_version"],
    run: listServiceDefinitions,
    imitates: "services of the catalog in schema v2.2",
  },
  "GET /api/v2/services/definitions/:name": {
    query: ["schema_version"],
    run: getServiceDefinition,
    imitates: "one of them",
  },
  "GET /api/v2/slo/:id/status": {
    query: ["from_ts", "to_ts", "disable_corrections"],
    serve: getSloStatus,
    imitates: "against the first threshold; no corrections",
  },
};
