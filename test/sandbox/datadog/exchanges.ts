import * as wire from "./wire-shapes.ts";

/** One request and what the stand-in must answer. */
export interface Exchange {
  request: string;
  body?: unknown;
  status: number;
  reply: unknown;
}

/**
 * A life of one object of each kind, in the requests of the official provider 5.8.0 and the replies
 * of Datadog. `<monitor>`, `<slo>` and so on stand for the ids that creation gave.
 */
export const exchanges: Exchange[] = [
  { request: "GET /api/v1/validate", status: 200, reply: { valid: true } },
  { request: "POST /api/v1/monitor/validate", body: wire.monitor, status: 200, reply: {} },
  {
    request: "POST /api/v1/monitor",
    body: wire.monitor,
    status: 200,
    reply: { ...wire.monitorReply, restriction_policy: null },
  },
  {
    request: "POST /api/v1/monitor/<monitor>/validate",
    body: wire.monitor,
    status: 200,
    reply: {},
  },
  {
    request: "GET /api/v1/monitor/<monitor>?with_assets=true",
    status: 200,
    reply: wire.monitorReply,
  },
  {
    request: "GET /api/v1/monitor/<monitor>",
    status: 200,
    reply: { ...wire.monitorReply, assets: undefined },
  },
  {
    request: "PUT /api/v1/monitor/<monitor>",
    body: { ...wire.monitor, id: 1, message: "z" },
    status: 200,
    reply: { ...wire.monitorReply, message: "z", restriction_policy: null },
  },
  { request: "POST /api/v1/monitor/validate", body: wire.composite, status: 200, reply: {} },
  {
    request: "POST /api/v1/slo",
    body: wire.slo,
    status: 200,
    reply: { data: [wire.sloReply], error: null },
  },
  { request: "GET /api/v1/slo/<slo>", status: 200, reply: { data: wire.sloReply, error: null } },
  {
    request: "PUT /api/v1/slo/<slo>",
    body: { ...wire.slo, id: "<slo>", thresholds: [{ target: 98.5, timeframe: "7d" }] },
    status: 200,
    reply: {
      data: [
        {
          ...wire.sloReply,
          target_threshold: 98.5,
          thresholds: [{ target: 98.5, target_display: "98.5", timeframe: "7d" }],
        },
      ],
      error: null,
    },
  },
  {
    request: "POST /api/v1/dashboard",
    body: wire.dashboard,
    status: 200,
    reply: wire.dashboardReply,
  },
  { request: "GET /api/v1/dashboard/<dashboard>", status: 200, reply: wire.dashboardReply },
  {
    request: "PUT /api/v1/dashboard/<dashboard>",
    body: { ...wire.dashboard, description: "new" },
    status: 200,
    reply: { ...wire.dashboardReply, description: "new" },
  },
  {
    request: "POST /api/v1/logs/config/pipelines",
    body: wire.pipeline,
    status: 200,
    reply: wire.pipelineReply,
  },
  {
    request: "PUT /api/v1/logs/config/pipelines/<pipelines>",
    body: { ...wire.pipeline, description: "d" },
    status: 200,
    reply: { ...wire.pipelineReply, description: "d" },
  },
  {
    request: "PUT /api/v1/logs/config/pipeline-order",
    body: { pipeline_ids: ["<pipelines>"] },
    status: 200,
    reply: { pipeline_ids: ["<pipelines>"] },
  },
  {
    request: "POST /api/v2/logs/config/metrics",
    body: { data: wire.metric },
    status: 200,
    reply: { data: wire.metric },
  },
  {
    request: "PATCH /api/v2/logs/config/metrics/sockshop.orders.failed",
    body: {
      data: {
        attributes: { compute: {}, filter: { query: "service:x" }, group_by: [] },
        type: "logs_metrics",
      },
    },
    status: 200,
    reply: {
      data: {
        ...wire.metric,
        attributes: {
          compute: { aggregation_type: "count" },
          filter: { query: "service:x" },
          group_by: [],
        },
      },
    },
  },
  {
    request: "POST /api/v2/downtime",
    body: { data: { attributes: wire.downtime, type: "downtime" } },
    status: 200,
    reply: wire.downtimeCreated,
  },
  { request: "GET /api/v2/downtime/<downtime>", status: 200, reply: wire.downtimeReply },
  {
    request: "POST /api/v1/events",
    body: { title: "INC-3", text: "%%% \nstack\n %%%", alert_type: "info", tags: ["a:b"] },
    status: 202,
    reply: {
      status: "ok",
      event: {
        id: "<id>",
        id_str: "<id>",
        title: "INC-3",
        text: "%%% \nstack\n %%%",
        alert_type: "info",
        tags: ["a:b"],
        date_happened: "<time>",
        handle: null,
        priority: null,
        related_event_id: null,
        url: "<id>",
      },
    },
  },
  { request: "DELETE /api/v2/downtime/<downtime>", status: 204, reply: undefined },
  {
    request: "DELETE /api/v2/logs/config/metrics/sockshop.orders.failed",
    status: 204,
    reply: undefined,
  },
  { request: "DELETE /api/v1/logs/config/pipelines/<pipelines>", status: 200, reply: {} },
  {
    request: "GET /api/v1/logs/config/pipelines/<pipelines>",
    status: 400,
    reply: { error: { code: "InvalidArgument", message: "Non existing pipeline" } },
  },
  {
    request: "DELETE /api/v1/dashboard/<dashboard>",
    status: 200,
    reply: { deleted_dashboard_id: "<dashboard>" },
  },
  { request: "DELETE /api/v1/slo/<slo>", status: 200, reply: { data: ["<slo>"], error: null } },
  {
    request: "DELETE /api/v1/monitor/<monitor>",
    status: 200,
    reply: { deleted_monitor_id: "<id>" },
  },
  {
    request: "GET /api/v1/monitor/<monitor>?with_assets=true",
    status: 404,
    reply: { errors: ["Monitor not found"] },
  },
];
