import { type Endpoints, type Method, type Route, v1, v2 } from "./http/endpoint.ts";
import { deleteEntity, listEntities, upsertEntity } from "./routes/catalog.ts";
import { changeDashboardList } from "./routes/dashboard-lists.ts";
import * as dashboards from "./routes/dashboards.ts";
import * as downtimes from "./routes/downtimes.ts";
import * as events from "./routes/events.ts";
import * as metrics from "./routes/logs-metrics.ts";
import { searchMonitorGroups, searchMonitors } from "./routes/monitor-search.ts";
import * as monitors from "./routes/monitors.ts";
import * as pipelines from "./routes/pipelines.ts";
import * as slos from "./routes/slos.ts";
import { validateApiKey, validateBothKeys } from "./routes/validate.ts";
import { listEndpoints } from "./list-endpoints.ts";
import { queryEndpoints } from "./query-endpoints.ts";
import { logStorageEndpoints } from "./log-storage-endpoints.ts";
import { notificationRuleEndpoints } from "./notification-rule-endpoints.ts";
import { onCallEndpoints } from "./on-call-endpoints.ts";
import { scannerEndpoints } from "./scanner-endpoints.ts";
import { syntheticsEndpoints } from "./synthetics-endpoints.ts";
import { telemetryEndpoints } from "./telemetry-endpoints.ts";
import { workflowEndpoints } from "./workflow-endpoints.ts";

/** Every path of the Datadog API that the stand-in answers; any other is refused and recorded. */
const endpoints: Endpoints = {
  "GET /api/v1/validate": {
    keys: "api",
    run: validateApiKey,
    imitates: "any API key is valid",
  },
  "GET /api/v2/validate_keys": {
    run: validateBothKeys,
    imitates: "any pair of keys, or a bearer token, is valid",
  },

  "POST /api/v1/monitor": {
    body: v1("Monitor"),
    run: monitors.createMonitor,
    imitates: "body, query grammar, thresholds, members",
  },
  "GET /api/v1/monitor": {
    query: ["name", "monitor_tags", "group_states", "page", "page_size", "with_assets"],
    run: monitors.listMonitors,
    imitates: "by name, monitor tags and page",
  },
  "POST /api/v1/monitor/validate": {
    body: v1("Monitor"),
    run: monitors.validateMonitor,
    imitates: "the checks of creation",
  },
  "GET /api/v1/monitor/can_delete": {
    query: ["monitor_ids"],
    run: monitors.canDeleteMonitors,
    imitates: "references by composites and SLOs",
  },
  "GET /api/v1/monitor/search": {
    query: ["query", "page", "per_page", "sort"],
    run: searchMonitors,
    imitates: "id, name, status, type, tag and priority, all of which must hold; free text",
  },
  "GET /api/v1/monitor/groups/search": {
    query: ["query", "page", "per_page", "sort"],
    run: searchMonitorGroups,
    imitates: "the same of each group, and group; nothing is muted",
  },
  "GET /api/v1/monitor/:id": {
    query: ["group_states", "with_assets", "with_restricted_roles"],
    run: monitors.getMonitor,
    imitates: "as declared, with Datadog's defaults, its state and that of its groups",
  },
  "PUT /api/v1/monitor/:id": {
    body: v1("MonitorUpdateRequest"),
    run: monitors.updateMonitor,
    imitates: "the checks of creation; the type cannot change",
  },
  "DELETE /api/v1/monitor/:id": {
    query: ["force"],
    run: monitors.deleteMonitor,
    imitates: "refused while composites or SLOs refer to it, unless forced",
  },
  "POST /api/v1/monitor/:id/validate": {
    body: v1("Monitor"),
    run: monitors.validateExistingMonitor,
    imitates: "the checks of an update",
  },

  "POST /api/v1/dashboard": {
    body: v1("Dashboard"),
    tolerates: dashboards.tolerated,
    run: dashboards.createDashboard,
    imitates: "every widget's model; readable at once; the page draws it",
  },
  "GET /api/v1/dashboard": {
    run: dashboards.listDashboards,
    imitates: "summaries of all",
  },
  "GET /api/v1/dashboard/:id": {
    run: dashboards.getDashboard,
    imitates: "as declared, with ids, address, author and times",
  },
  "PUT /api/v1/dashboard/:id": {
    body: v1("Dashboard"),
    tolerates: dashboards.tolerated,
    run: dashboards.updateDashboard,
    imitates: "replaces the board",
  },
  "DELETE /api/v1/dashboard/:id": {
    run: dashboards.deleteDashboard,
    imitates: "at once and for good",
  },
  "POST /api/v2/dashboard/lists/manual/:id/dashboards": {
    run: changeDashboardList,
    imitates: "no list exists: always 404",
  },
  "DELETE /api/v2/dashboard/lists/manual/:id/dashboards": {
    run: changeDashboardList,
    imitates: "no list exists: always 404",
  },

  "POST /api/v1/logs/config/pipelines": {
    body: v1("LogsPipeline"),
    run: pipelines.createPipeline,
    errors: "error",
    imitates: "processors' models, limits, nesting, rule names; grok itself is not judged",
  },
  "GET /api/v1/logs/config/pipelines": {
    run: pipelines.listPipelines,
    errors: "error",
    imitates: "in order; no integration pipelines appear by themselves",
  },
  "GET /api/v1/logs/config/pipelines/:id": {
    run: pipelines.getPipeline,
    errors: "error",
    imitates: "a missing one is 400, as Datadog answers",
  },
  "PUT /api/v1/logs/config/pipelines/:id": {
    body: v1("LogsPipeline"),
    run: pipelines.updatePipeline,
    errors: "error",
    imitates: "replaces the pipeline",
  },
  "DELETE /api/v1/logs/config/pipelines/:id": {
    run: pipelines.deletePipeline,
    errors: "error",
    imitates: "at once",
  },
  "GET /api/v1/logs/config/pipeline-order": {
    run: pipelines.getPipelineOrder,
    errors: "error",
    imitates: "new pipelines come last",
  },
  "PUT /api/v1/logs/config/pipeline-order": {
    body: v1("LogsPipelinesOrder"),
    run: pipelines.updatePipelineOrder,
    errors: "error",
    imitates: "422 unless every pipeline is named once",
  },

  "POST /api/v2/logs/config/metrics": {
    body: v2("LogsMetricCreateRequest"),
    run: metrics.createLogsMetric,
    imitates: "body, name and compute; counted from then on, by 10 s",
  },
  "GET /api/v2/logs/config/metrics": {
    run: metrics.listLogsMetrics,
    imitates: "all",
  },
  "GET /api/v2/logs/config/metrics/:id": {
    run: metrics.getLogsMetric,
    imitates: "as declared",
  },
  "PATCH /api/v2/logs/config/metrics/:id": {
    body: v2("LogsMetricUpdateRequest"),
    run: metrics.updateLogsMetric,
    imitates: "merges, `compute` too; aggregation and path cannot change",
  },
  "DELETE /api/v2/logs/config/metrics/:id": {
    run: metrics.deleteLogsMetric,
    imitates: "at once, whoever reads the metric",
  },

  ...logStorageEndpoints,
  ...telemetryEndpoints,
  ...queryEndpoints,
  ...listEndpoints,
  ...syntheticsEndpoints,
  ...scannerEndpoints,
  ...notificationRuleEndpoints,
  ...workflowEndpoints,
  ...onCallEndpoints,

  "POST /api/v1/slo": {
    body: v1("ServiceLevelObjectiveRequest"),
    run: slos.createSlo,
    imitates: "body, source, thresholds; status and budget are in search and history",
  },
  "GET /api/v1/slo": {
    query: ["ids", "query", "tags_query", "metrics_query", "limit", "offset"],
    run: slos.listSlos,
    imitates: "all, or by id, words of the name, tags, and words of the queries; by page",
  },
  "GET /api/v1/slo/can_delete": {
    query: ["ids"],
    run: slos.canDeleteSlos,
    imitates: "references by SLO alerts, not by dashboards",
  },
  "POST /api/v1/slo/bulk_delete": {
    body: v1("{ [key: string]: Array<SLOTimeframe>; }"),
    run: slos.bulkDeleteSlos,
    imitates: "removes thresholds, and the SLO with its last one",
  },
  "GET /api/v1/slo/:id": {
    query: ["with_configured_alert_ids"],
    run: slos.getSlo,
    imitates: "as declared, with Datadog's defaults",
  },
  "PUT /api/v1/slo/:id": {
    body: v1("ServiceLevelObjective"),
    run: slos.updateSlo,
    imitates: "replaces the SLO; the type cannot change",
  },
  "DELETE /api/v1/slo/:id": {
    query: ["force"],
    run: slos.deleteSlo,
    imitates: "409 while an SLO alert refers to it, unless forced",
  },

  "POST /api/v1/events": {
    keys: "api",
    body: v1("EventCreateRequest"),
    run: events.createEvent,
    imitates: "body, lengths, age up to 18 hours; kept, not aggregated",
  },
  "GET /api/v1/events": {
    query: ["start", "end", "tags", "priority"],
    run: events.listEvents,
    imitates: "by time, tags and priority; one page",
  },
  "GET /api/v1/events/:id": {
    run: events.getEvent,
    imitates: "as posted",
  },

  "POST /api/v2/downtime": {
    body: v2("DowntimeCreateRequest"),
    run: downtimes.createDowntime,
    imitates: "body, scope, monitor, times; mutes nothing, evaluates no recurrence",
  },
  "GET /api/v2/downtime": {
    query: ["current_only", "page[offset]", "page[limit]"],
    run: downtimes.listDowntimes,
    imitates: "by page; current ones by their times",
  },
  "GET /api/v2/downtime/:id": {
    run: downtimes.getDowntime,
    imitates: "with status; cancelled ones stay",
  },
  "PATCH /api/v2/downtime/:id": {
    body: v2("DowntimeUpdateRequest"),
    run: downtimes.updateDowntime,
    imitates: "replaces the attributes given",
  },
  "DELETE /api/v2/downtime/:id": {
    run: downtimes.cancelDowntime,
    imitates: "cancels it",
  },

  "POST /api/v2/catalog/entity": {
    body: v2("EntityV3"),
    run: upsertEntity,
    imitates:
      "schema v3 as JSON, not YAML; kinds of its own are refused; references are not followed",
  },
  "GET /api/v2/catalog/entity": {
    query: [
      ...["filter[id]", "filter[ref]", "filter[name]", "filter[kind]", "filter[owner]"],
      ...["include", "page[offset]", "page[limit]"],
    ],
    run: listEntities,
    imitates: "by reference, name, kind, owner; included: schema, raw_schema",
  },
  "DELETE /api/v2/catalog/entity/:id": {
    run: deleteEntity,
    imitates: "by id; 204 also for one that is not there",
  },
  "DELETE /api/v2/catalog/entity/:id/:name": {
    run: deleteEntity,
    imitates: "by reference, which has a slash",
  },
};

export const routes: readonly Route[] = Object.entries(endpoints).map(([key, endpoint]) => {
  const [method = "", path = ""] = key.split(" ");
  return { method: method as Method, path, ...endpoint };
});
