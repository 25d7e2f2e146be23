import type { PropertyMap } from "../../../../sandbox/plugins/grpc/property-value.ts";

export const MONITOR = "datadog:index/monitor:Monitor";
export const monitor: PropertyMap = {
  name: "payment down",
  type: "metric alert",
  message: "hello",
  query:
    "max(last_1m):max:kubernetes_state.deployment.replicas_available{kube_deployment:payment} < 1",
  monitorThresholds: { critical: "1" },
  tags: ["b:2", "a:1"],
};

/** With everything that Datadog answers in any case: what a board leaves out is drift. */
const boardTitled = (title: string): string =>
  JSON.stringify({
    title,
    layout_type: "ordered",
    description: "d",
    widgets: [],
    template_variables: [],
    notify_list: [],
  });

/** One of each type that the stack declares, and one property that may change. */
export const declared: readonly [token: string, inputs: PropertyMap, change: PropertyMap][] = [
  [MONITOR, monitor, { message: "hi" }],
  [
    "datadog:index/dashboardJson:DashboardJson",
    { dashboard: boardTitled("t") },
    { dashboard: boardTitled("u") },
  ],
  [
    "datadog:index/logsCustomPipeline:LogsCustomPipeline",
    {
      name: "p",
      isEnabled: true,
      filters: [{ query: "source:x" }],
      processors: [{ statusRemapper: { name: "s", isEnabled: true, sources: ["level"] } }],
    },
    { description: "d" },
  ],
  [
    "datadog:index/logsMetric:LogsMetric",
    {
      name: "orders.events",
      compute: { aggregationType: "count" },
      filter: { query: "service:x" },
      groupBies: [{ path: "@evt.name", tagName: "evt_name" }],
    },
    { filter: { query: "service:y" } },
  ],
  [
    "datadog:index/logsIndex:LogsIndex",
    {
      name: "own",
      filters: [{ query: "kube_namespace:sock-shop" }],
      exclusionFilters: [
        { name: "routine", isEnabled: true, filters: [{ query: "-status:error", sampleRate: 1 }] },
      ],
      dailyLimit: 1000,
      retentionDays: 7,
      disableDailyLimit: false,
      dailyLimitWarningThresholdPercentage: 80,
      tags: ["b:2", "a:1"],
    },
    { dailyLimit: 2000 },
  ],
  [
    "datadog:index/logsArchive:LogsArchive",
    {
      name: "all",
      query: "kube_namespace:sock-shop",
      includeTags: true,
      s3Archive: { bucket: "logs", accountId: "123456789012", roleName: "datadog-archive" },
    },
    { query: "kube_namespace:socks" },
  ],
  [
    "datadog:index/serviceLevelObjective:ServiceLevelObjective",
    {
      name: "paid",
      type: "metric",
      query: { numerator: "sum:a{*}.as_count()", denominator: "sum:b{*}.as_count()" },
      thresholds: [{ timeframe: "7d", target: 99 }],
    },
    { thresholds: [{ timeframe: "7d", target: 98 }] },
  ],
  [
    "datadog:index/downtimeSchedule:DowntimeSchedule",
    {
      scope: "env:x",
      monitorIdentifier: { monitorTags: ["a:1"] },
      recurringSchedule: {
        timezone: "UTC",
        recurrences: [
          { rrule: "FREQ=WEEKLY;BYDAY=TU", duration: "1h", start: "2027-01-05T10:00:00" },
        ],
      },
    },
    { message: "drill" },
  ],
  [
    "datadog:index/onCallSchedule:OnCallSchedule",
    {
      name: "s",
      timeZone: "UTC",
      teams: ["t"],
      layers: [
        {
          name: "weekly",
          effectiveDate: "2026-01-05T08:00:00Z",
          rotationStart: "2026-01-05T08:00:00Z",
          interval: { days: 7 },
          users: ["u", "v"],
        },
      ],
    },
    { name: "other" },
  ],
  [
    "datadog:index/onCallEscalationPolicy:OnCallEscalationPolicy",
    {
      name: "p",
      retries: 1,
      teams: ["t"],
      steps: [
        { escalateAfterSeconds: 300, targets: [{ schedule: "s", position: "current" }] },
        { escalateAfterSeconds: 900, targets: [{ team: "t" }] },
      ],
    },
    { name: "other" },
  ],
  [
    "datadog:index/workflowAutomation:WorkflowAutomation",
    {
      name: "declare",
      description: "d",
      published: true,
      tags: ["a:1"],
      specJson: '{"steps":[{"name":"A","actionId":"x"}],"triggers":[]}',
    },
    { description: "other" },
  ],
  [
    "datadog:index/monitorNotificationRule:MonitorNotificationRule",
    {
      name: "alerts",
      filter: { tags: ["b:2", "a:1"] },
      conditionalRecipients: {
        conditions: [{ scope: "transition_type:is_alert", recipients: ["slack-shop"] }],
      },
    },
    { name: "other" },
  ],
  [
    "datadog:index/sensitiveDataScannerGroup:SensitiveDataScannerGroup",
    {
      name: "secrets",
      isEnabled: true,
      productLists: ["logs"],
      filter: { query: "kube_namespace:sock-shop" },
    },
    { description: "d" },
  ],
  [
    "datadog:index/syntheticsPrivateLocation:SyntheticsPrivateLocation",
    { name: "beside the shop", tags: ["a:1"] },
    { description: "d" },
  ],
  [
    "datadog:index/syntheticsTest:SyntheticsTest",
    {
      name: "order",
      type: "api",
      subtype: "multi",
      status: "live",
      locations: ["aws:eu-central-1"],
      message: "m",
      tags: ["b:2", "a:1"],
      apiSteps: [
        {
          name: "log in",
          subtype: "http",
          assertions: [
            { type: "statusCode", operator: "is", target: "200" },
            {
              type: "body",
              operator: "validatesJSONPath",
              targetjsonpath: { jsonpath: "$.total", operator: "moreThan", targetvalue: "0" },
            },
          ],
          extractedValues: [
            { name: "ID", type: "http_body", parser: { type: "json_path", value: "$.id" } },
          ],
          requestBasicauth: { username: "u", password: "p" },
          requestHeaders: { Cookie: "a=b" },
          requestDefinition: { method: "GET", url: "http://front-end/login", timeout: 5 },
        },
      ],
      optionsList: {
        tickEvery: 60,
        monitorName: "order",
        monitorPriority: 2,
        retry: { count: 1, interval: 1000 },
        monitorOptions: { renotifyInterval: 30, renotifyOccurrences: 4 },
      },
    },
    { message: "other" },
  ],
];
