import type { Client } from "./client-request.ts";
import { steadybit } from "./steadybit.ts";

/** `<monitor>` and so on stand for ids of what is declared, `<from>` for times of the run. */
const [from, to] = ["<from>", "<to>"];
const [fromMs, toMs, fromIso, toIso] = ["<from-ms>", "<to-ms>", "<from-iso>", "<to-iso>"];

const formula = {
  data: {
    type: "timeseries_request",
    attributes: {
      formulas: [{ formula: "a" }],
      from: fromMs,
      to: toMs,
      interval: 5000,
      queries: [{ data_source: "metrics", query: "avg:shop.gauge{*}", name: "a" }],
    },
  },
};

/** Datadog's own command line; `PUP_MOCK_SERVER` is the address that it calls. */
const pup: Client = {
  name: "pup",
  source: "DataDog/pup src/commands/{metrics,monitors,logs,events,slos,infrastructure}.rs, 2026",
  requests: [
    { what: "metrics list", method: "GET", path: "/api/v1/metrics", query: { from } },
    {
      what: "metrics list --tag-filter",
      method: "GET",
      path: "/api/v1/metrics",
      query: { from, tag_filter: "env:sandbox" },
    },
    {
      what: "metrics query, metrics search",
      method: "GET",
      path: "/api/v1/query",
      query: { from, to, query: "avg:shop.gauge{*}" },
    },
    { what: "metrics metadata get", method: "GET", path: "/api/v1/metrics/shop.gauge" },
    { what: "metrics tags list", method: "GET", path: "/api/v2/metrics/shop.gauge/all-tags" },
    {
      what: "metrics tags list --window-seconds",
      method: "GET",
      path: "/api/v2/metrics/shop.gauge/all-tags",
      query: { "window[seconds]": "3600" },
    },
    {
      what: "metrics query-timeseries",
      method: "POST",
      path: "/api/v2/query/timeseries",
      body: formula,
    },
    {
      what: "monitors list",
      method: "GET",
      path: "/api/v1/monitor",
      query: { name: "payment", monitor_tags: "team:sock-shop", page_size: "200", page: "0" },
    },
    { what: "monitors get, monitors diff", method: "GET", path: "/api/v1/monitor/<monitor>" },
    {
      what: "monitors search",
      method: "GET",
      path: "/api/v1/monitor/search",
      query: { query: "status:ok", page: "0", per_page: "30", sort: "name,asc" },
    },
    {
      what: "logs search",
      method: "POST",
      path: "/api/v2/logs/events/search",
      body: {
        filter: { query: "service:orders", from: fromMs, to: toMs, storage_tier: "flex" },
        page: { limit: 50 },
        sort: "-timestamp",
      },
    },
    {
      what: "logs aggregate",
      method: "POST",
      path: "/api/v2/logs/analytics/aggregate",
      body: {
        filter: { query: "*", from: fromMs, to: toMs },
        compute: [{ aggregation: "count", type: "timeseries", interval: "300000" }],
        group_by: [
          {
            facet: "service",
            sort: { type: "measure", order: "desc", aggregation: "count" },
            limit: 10,
          },
        ],
      },
    },
    {
      what: "events list",
      method: "GET",
      path: "/api/v1/events",
      query: { start: from, end: to, tags: "env:sandbox" },
    },
    { what: "events get", method: "GET", path: "/api/v1/events/<event>" },
    {
      what: "events search",
      method: "POST",
      path: "/api/v2/events/search",
      body: {
        filter: { query: "source:api", from: fromIso, to: toIso },
        page: { limit: 100 },
        sort: "-timestamp",
      },
    },
    { what: "slos list", method: "GET", path: "/api/v1/slo" },
    {
      what: "slos list with its options",
      method: "GET",
      path: "/api/v1/slo",
      query: {
        query: "orders",
        tags_query: "team:sock-shop",
        metrics_query: "shop.good",
        limit: "25",
        offset: "0",
      },
    },
    { what: "slos get, slos diff", method: "GET", path: "/api/v1/slo/<slo>" },
    {
      what: "slos status",
      method: "GET",
      path: "/api/v2/slo/<slo>/status",
      query: { from_ts: from, to_ts: to },
    },
    {
      what: "slos status, of an SLO of monitors",
      method: "GET",
      path: "/api/v1/slo/<slo>/history",
      query: { from_ts: from, to_ts: to, target: "99" },
    },
    {
      what: "infrastructure hosts list",
      method: "GET",
      path: "/api/v1/hosts",
      query: {
        count: "100",
        sort_field: "status",
        include_muted_hosts_data: "false",
        include_hosts_metadata: "false",
      },
    },
    {
      what: "infrastructure hosts get",
      method: "GET",
      path: "/api/v1/hosts",
      query: { filter: "node-1", count: "1" },
    },
  ],
};

/** The toolsets datadog/logs, datadog/metrics and datadog/general; `site_api_url` is the address. */
const holmes: Client = {
  name: "HolmesGPT",
  source: "robusta-dev/holmesgpt c1ee1d43 holmes/plugins/toolsets/datadog",
  requests: [
    { what: "health check", method: "GET", path: "/api/v1/validate" },
    { what: "health check, as version 0.45.0 sends it", method: "GET", path: "//api/v1/validate" },
    {
      what: "fetch_pod_logs",
      method: "POST",
      path: "/api/v2/logs/events/search",
      body: {
        filter: {
          from: fromIso,
          to: toIso,
          query: 'kube_namespace:sock-shop pod_name:orders "refused"',
          storage_tier: "indexes",
        },
        sort: "-timestamp",
        page: { limit: 1000 },
      },
    },
    {
      what: "list_active_datadog_metrics",
      method: "GET",
      path: "/api/v1/metrics",
      query: { from },
    },
    {
      what: "list_active_datadog_metrics by host and tag",
      method: "GET",
      path: "/api/v1/metrics",
      query: { from, host: "node-1", tag_filter: "env:sandbox" },
    },
    {
      what: "query_datadog_metrics",
      method: "GET",
      path: "/api/v1/query",
      query: { query: "avg:shop.gauge{*} by {pod}", from, to },
    },
    { what: "get_datadog_metric_metadata", method: "GET", path: "/api/v1/metrics/shop.gauge" },
    {
      what: "list_datadog_metric_tags",
      method: "GET",
      path: "/api/v2/metrics/shop.gauge/active-configurations",
    },
    { what: "general: monitors", method: "GET", path: "/api/v1/monitor" },
    { what: "general: monitor", method: "GET", path: "/api/v1/monitor/<monitor>" },
    {
      what: "general: monitor search",
      method: "GET",
      path: "/api/v1/monitor/search",
      query: { query: "type:metric" },
    },
    { what: "general: monitor groups", method: "GET", path: "/api/v1/monitor/groups/search" },
    { what: "general: dashboards", method: "GET", path: "/api/v1/dashboard" },
    { what: "general: dashboard", method: "GET", path: "/api/v1/dashboard/<dashboard>" },
    { what: "general: SLO search", method: "GET", path: "/api/v1/slo/search" },
    {
      what: "general: SLO history",
      method: "GET",
      path: "/api/v1/slo/<slo>/history",
      query: { from_ts: from, to_ts: to },
    },
    {
      what: "general: events",
      method: "GET",
      path: "/api/v2/events",
      query: { "filter[query]": "source:api", "filter[from]": fromIso, "filter[to]": toIso },
    },
    { what: "general: event search", method: "POST", path: "/api/v2/events/search", body: {} },
    { what: "general: hosts", method: "GET", path: "/api/v1/hosts" },
    { what: "general: totals of hosts", method: "GET", path: "/api/v1/hosts/totals" },
    { what: "general: tags of hosts", method: "GET", path: "/api/v1/tags/hosts" },
    { what: "general: tags of a host", method: "GET", path: "/api/v1/tags/hosts/node-1" },
    {
      what: "general: logs",
      method: "GET",
      path: "/api/v2/logs/events",
      query: { "filter[query]": "service:orders", "page[limit]": "50" },
    },
    {
      what: "general: aggregation of logs",
      method: "POST",
      path: "/api/v2/logs/analytics/aggregate",
      body: { filter: { query: "*" }, compute: [{ aggregation: "count" }] },
    },
  ],
};

export const clients: readonly Client[] = [pup, holmes, steadybit];
