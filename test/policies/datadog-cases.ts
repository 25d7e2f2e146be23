import { GONE, resource, type RuleCase } from "../support/policies/rule-case.ts";

const on = "Monitor payment-no-replicas";

const proxy = resource("kubernetes:apps/v1:Deployment", "payment-fault-proxy", {
  metadata: { name: "payment-fault-proxy", namespace: "sock-shop", labels: labels() },
  spec: {
    template: {
      metadata: { labels: labels() },
      spec: {
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 101 },
        containers: [
          {
            name: "envoy",
            image: "envoyproxy/envoy:v1.35.0",
            resources: {
              requests: { cpu: "50m", memory: "64Mi" },
              limits: { cpu: "200m", memory: "128Mi" },
            },
            readinessProbe: { tcpSocket: { port: 80 } },
            livenessProbe: { tcpSocket: { port: 80 } },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
          },
        ],
      },
    },
  },
});

const pipeline = resource("datadog:index/logsCustomPipeline:LogsCustomPipeline", "java", {
  name: "Spring Boot",
  filters: [{ query: "service:(sock-shop-orders OR sock-shop-carts)" }],
  processors: [
    { grokParser: { name: "console line", samples: ["2026-01-01 INFO x"], source: "message" } },
    { pipeline: { name: "orders", filters: [{ query: "service:sock-shop-orders" }] } },
  ],
});
const dashboardType = "datadog:index/dashboardJson:DashboardJson";
const timeline = (title: string, query: string) => ({
  dashboard: JSON.stringify({
    title: "Incident timeline",
    widgets: [
      { definition: { type: "note", content: "read from the top" } },
      { definition: { type: "group", title: "orders", widgets: [graph(title, query)] } },
    ],
  }),
});
const good = timeline("orders by outcome", "sum:orders{env:demo}.as_count()");
const dashboard = resource(dashboardType, "timeline", good);

function graph(title: string, query: string) {
  const requests = [{ queries: [{ data_source: "metrics", name: "a", query }] }];
  return { definition: { type: "timeseries", title, requests } };
}

function labels() {
  return {
    "app.kubernetes.io/name": "payment-fault-proxy",
    "app.kubernetes.io/part-of": "sock-shop",
    "app.kubernetes.io/managed-by": "pulumi",
    "tags.datadoghq.com/env": "sandbox",
    "tags.datadoghq.com/service": "fault-proxy",
    "tags.datadoghq.com/version": "1.35.0",
  };
}

const entity = (metadata: object, spec: object = {}) => ({
  entity: JSON.stringify({
    apiVersion: "v3",
    kind: "service",
    metadata: { name: "sock-shop-payment", owner: "sock-shop", ...metadata },
    spec,
  }),
});
const payment = resource("datadog:index/softwareCatalog:SoftwareCatalog", "payment", entity({}));

const linked = monitor("linked", "max(last_1m):sum:orders.linked{env:demo} > 1");

/** Rules on what is declared in Datadog, and on how it fits to what runs. */
export const datadogCases: readonly RuleCase[] = [
  {
    rule: "fault-proxy",
    violating: proxy,
    missing: { on: "the stack", path: ["incident"], passes: true },
  },
  {
    rule: "monitor-owner",
    violating: { on, path: ["tags"], to: ["service:sock-shop-payment", "managed-by:pulumi"] },
    missing: { on, path: ["tags"] },
    unknown: { on, path: ["tags"] },
  },
  {
    rule: "monitor-runbook",
    violating: { on, path: ["message"], to: "{{#is_recovery}}well{{/is_recovery}}" },
    missing: { on, path: ["message"] },
    unknown: { on, path: ["message"] },
  },
  {
    rule: "monitor-no-data",
    violating: { on, path: ["notifyNoData"], to: GONE },
    missing: { on, path: ["noDataTimeframe"] },
    unknown: { on, path: ["notifyNoData"] },
  },
  {
    rule: "monitor-default-zero",
    given: [monitor("zeros", "max(last_5m):default_zero(sum:pods{env:demo}) < 1")],
    violating: { on: "Monitor zeros", path: ["onMissingData"], to: "show_no_data" },
    missing: { on: "Monitor zeros", path: ["query"], passes: true },
    unknown: { on: "Monitor zeros", path: ["query"] },
  },
  {
    rule: "monitor-recovery",
    violating: { on, path: ["message"], to: "down! Runbook: docs/runbook.md#payment-no-replicas" },
    missing: { on, path: ["message"] },
    unknown: { on, path: ["message"] },
  },
  {
    rule: "monitor-reminders",
    violating: { on, path: ["renotifyStatuses"], to: ["alert"] },
    missing: { on, path: ["renotifyStatuses"] },
    unknown: { on, path: ["renotifyStatuses"] },
  },
  {
    rule: "monitor-links",
    given: [linked],
    violating: {
      on: "Monitor linked",
      path: ["message"],
      to: messageOf("linked", "https://app.datadoghq.com/logs?query=env:demo"),
    },
    missing: { on: "Monitor linked", path: ["message"], passes: true },
    unknown: { on: "Monitor linked", path: ["message"] },
  },
  {
    rule: "monitor-thresholds",
    violating: { on, path: ["monitorThresholds", "critical"], to: "2" },
    missing: { on, path: ["monitorThresholds"] },
    unknown: { on, path: ["monitorThresholds"] },
  },
  {
    rule: "monitor-unmuted",
    violating: { on, path: ["silenced"], to: { "*": 0 } },
    missing: { on, path: ["silenced"], passes: true },
    unknown: { on, path: ["silenced"] },
  },
  {
    rule: "monitor-scope",
    given: [monitor("scoped", "max(last_1m):sum:orders.lost{env:demo} > 1")],
    violating: {
      on: "Monitor scoped",
      path: ["query"],
      to: "max(last_1m):sum:orders.lost{service:sock-shop-orders} > 1",
    },
    missing: { on: "Monitor scoped", path: ["query"], passes: true },
    unknown: { on: "Monitor scoped", path: ["query"] },
  },
  {
    rule: "pipeline-filter",
    given: [pipeline],
    violating: { on: "LogsCustomPipeline java", path: ["filters"], to: [{ query: "*" }] },
    missing: { on: "LogsCustomPipeline java", path: ["processors", 1, "pipeline", "filters"] },
    unknown: { on: "LogsCustomPipeline java", path: ["filters", 0, "query"] },
  },
  {
    rule: "pipeline-samples",
    given: [pipeline],
    violating: {
      on: "LogsCustomPipeline java",
      path: ["processors", 0, "grokParser", "samples"],
      to: [""],
    },
    missing: { on: "LogsCustomPipeline java", path: ["processors", 0, "grokParser", "samples"] },
    unknown: { on: "LogsCustomPipeline java", path: ["processors", 0, "grokParser", "samples"] },
  },
  {
    rule: "org-singletons",
    violating: resource("datadog:index/logsPipelineOrder:LogsPipelineOrder", "order", {
      name: "order",
      pipelines: ["1"],
    }),
  },
  {
    rule: "dashboard-titles",
    given: [dashboard],
    violating: {
      on: "DashboardJson timeline",
      path: ["dashboard"],
      to: timeline("", "sum:orders{env:demo}").dashboard,
    },
    missing: { on: "DashboardJson timeline", path: ["dashboard"] },
    unknown: { on: "DashboardJson timeline", path: ["dashboard"] },
  },
  {
    rule: "dashboard-scope",
    given: [dashboard],
    violating: {
      on: "DashboardJson timeline",
      path: ["dashboard"],
      to: timeline("orders", "sum:orders{*}").dashboard,
    },
    missing: { on: "DashboardJson timeline", path: ["dashboard"], passes: true },
    unknown: { on: "DashboardJson timeline", path: ["dashboard"] },
  },
  {
    rule: "monitor-services",
    violating: {
      on,
      path: ["tags"],
      to: ["team:sock-shop", "managed-by:pulumi", "service:payments"],
    },
    missing: { on: "Deployment payment", path: labelPath("tags.datadoghq.com/service") },
    unknown: { on, path: ["tags"] },
  },
  {
    rule: "monitor-queries",
    given: [monitor("other", "max(last_1m):sum:orders.failed{env:demo} > 1")],
    violating: {
      on: "Monitor other",
      path: ["query"],
      to:
        "max(last_1m):max:kubernetes_state.deployment.replicas_available{kube_cluster_name:" +
        "sock-shop-sandbox,kube_namespace:sock-shop,kube_deployment:payment} <  1",
    },
    missing: { on: "Monitor other", path: ["query"], passes: true },
    unknown: { on: "Monitor other", path: ["query"] },
  },
  {
    rule: "catalog-entities",
    given: [payment],
    violating: {
      on: "SoftwareCatalog payment",
      path: ["entity"],
      to: entity({}, { dependsOn: ["service:sock-shop-bank"] }).entity,
    },
    missing: { on: "SoftwareCatalog payment", path: ["entity"] },
    unknown: { on: "SoftwareCatalog payment", path: ["entity"] },
  },
];

function monitor(name: string, query: string) {
  return resource("datadog:index/monitor:Monitor", name, {
    type: "metric alert",
    query,
    message: messageOf(name),
    tags: ["team:sock-shop", "managed-by:pulumi", "service:sock-shop-payment"],
    monitorThresholds: { critical: "1" },
    notifyNoData: false,
  });
}

function messageOf(name: string, link = "") {
  return `Runbook: docs/runbook.md#${name} {{#is_recovery}}well{{/is_recovery}} ${link}`;
}

function labelPath(label: string) {
  return ["metadata", "labels", label];
}
