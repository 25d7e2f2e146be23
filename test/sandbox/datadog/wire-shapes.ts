/** What the official provider 5.8.0 sends for each kind of object, and what Datadog replies. */
export const monitor = {
  draft_status: "published",
  message: "y @slack-x",
  name: "payment has no available replicas",
  options: {
    include_tags: true,
    new_host_delay: 300,
    notify_no_data: false,
    on_missing_data: "show_no_data",
    require_full_window: true,
    thresholds: { critical: 1 },
  },
  priority: null,
  query:
    "max(last_5m):max:kubernetes_state.deployment.replicas_available{kube_deployment:payment} < 1",
  restricted_roles: null,
  tags: ["a:b"],
  type: "metric alert",
};

/** With what Datadog adds; here and below `<id>` and `<time>` stand for values of the run. */
export const monitorReply = {
  ...monitor,
  id: "<id>",
  assets: [],
  multi: false,
  overall_state: "No Data",
  overall_state_modified: null,
  deleted: null,
  org_id: 1,
  options: { ...monitor.options, notify_audit: false, silenced: {} },
  created: "<time>",
  created_at: "<time>",
  modified: "<time>",
  creator: {
    id: 1,
    name: "Datadog stand-in",
    handle: "stand-in@sandbox.invalid",
    email: "stand-in@sandbox.invalid",
  },
};

export const composite = {
  ...monitor,
  name: "root cause",
  type: "composite",
  query: "<monitor>",
  options: { include_tags: true, notify_no_data: false, thresholds: {} },
};

export const pipeline = {
  description: "",
  filter: { query: "kube_namespace:sock-shop" },
  is_enabled: true,
  name: "sock-shop",
  processors: [
    {
      description: "",
      filter: { query: "source:spring-boot" },
      is_enabled: true,
      name: "inner",
      processors: [
        {
          grok: { match_rules: "r %{data:msg}", support_rules: "" },
          is_enabled: true,
          name: "g",
          samples: ["a"],
          source: "message",
          type: "grok-parser",
        },
        { is_enabled: true, name: "d", sources: ["timestamp"], type: "date-remapper" },
      ],
      tags: [],
      type: "pipeline",
    },
  ],
  tags: [],
};

export const pipelineReply = { ...pipeline, id: "<id>", type: "pipeline", is_read_only: false };

export const metric = {
  id: "sockshop.orders.failed",
  type: "logs_metrics",
  attributes: {
    compute: { aggregation_type: "count" },
    filter: { query: "service:sock-shop-orders" },
    group_by: [{ path: "@order.outcome", tag_name: "outcome" }],
  },
};

export const slo = {
  name: "orders",
  query: { denominator: "sum:b{*}.as_count()", numerator: "sum:a{*}.as_count()" },
  thresholds: [{ target: 99, timeframe: "7d" }],
  type: "metric",
};

export const sloReply = {
  ...slo,
  id: "<id>",
  created_at: "<time>",
  modified_at: "<time>",
  creator: { name: "Datadog stand-in", handle: null, email: "stand-in@sandbox.invalid" },
  description: "",
  monitor_tags: [],
  tags: [],
  target_threshold: 99,
  thresholds: [{ target: 99, target_display: "99.", timeframe: "7d" }],
  timeframe: "7d",
  type_id: 1,
};

export const dashboard = {
  layout_type: "ordered",
  title: "Incident timeline",
  widgets: [{ definition: { content: "hi", type: "note" } }],
};

export const dashboardReply = {
  ...dashboard,
  description: null,
  notify_list: null,
  template_variables: null,
  widgets: [{ id: 1, definition: { content: "hi", type: "note" } }],
  id: "<id>",
  url: "/dashboard/<dashboard>/incident-timeline",
  author_handle: "stand-in@sandbox.invalid",
  author_name: "Datadog stand-in",
  created_at: "<time>",
  modified_at: "<time>",
};

export const downtime = {
  display_timezone: "UTC",
  message: "planned drill",
  monitor_identifier: { monitor_tags: ["incident:payment-failure"] },
  mute_first_recovery_notification: false,
  schedule: {
    recurrences: [{ duration: "1h", rrule: "FREQ=WEEKLY;BYDAY=TU", start: "2027-01-05T10:00:00" }],
    timezone: "UTC",
  },
  scope: "kube_namespace:sock-shop",
};

export const downtimeReply = {
  data: {
    id: "<id>",
    type: "downtime",
    attributes: {
      ...downtime,
      notify_end_states: ["alert", "no data", "warn"],
      notify_end_types: ["expired"],
      status: "scheduled",
      canceled: null,
      created: "<time>",
      modified: "<time>",
    },
  },
};

const author = { type: "users", id: "<id>" };
const address = "stand-in@sandbox.invalid";

/** What creating answers: who did it, too. */
export const downtimeCreated = {
  data: {
    ...downtimeReply.data,
    relationships: { monitor: { data: null }, created_by: { data: author } },
  },
  included: [
    {
      ...author,
      attributes: { name: "Datadog stand-in", handle: address, email: address },
    },
  ],
};
