import { flag, list, numeric, object, set, text, whole, type Shape } from "../inputs/shape.ts";

// By name in @pulumi/datadog; variables and schedulingOptions are left out on purpose.
export const monitorShape: Shape = {
  name: text({ required: true }),
  message: text({ required: true }),
  query: text({ required: true }),
  type: text({
    required: true,
    replace: true,
    oneOf: ["metric alert", "query alert", "log alert", "composite", "service check", "slo alert"],
  }),
  priority: text({ oneOf: ["1", "2", "3", "4", "5"] }),
  tags: set(text()),
  assets: list(
    object({
      category: text({ required: true }),
      name: text({ required: true }),
      url: text({ required: true }),
      resourceKey: text(),
      resourceType: text(),
    }),
  ),
  draftStatus: text({ default: "published", oneOf: ["draft", "published"] }),
  restrictedRoles: set(text(), { computed: true }),

  monitorThresholds: object({
    ok: numeric(),
    warning: numeric(),
    critical: numeric(),
    unknown: numeric(),
    warningRecovery: numeric(),
    criticalRecovery: numeric(),
  }),
  monitorThresholdWindows: object({ recoveryWindow: text(), triggerWindow: text() }),
  notifyNoData: flag({ default: false, defaultUnless: ["onMissingData"] }),
  noDataTimeframe: whole({ default: 10, defaultUnless: ["onMissingData"] }),
  onMissingData: text({
    oneOf: ["show_no_data", "show_and_notify_no_data", "resolve", "default"],
  }),
  newGroupDelay: whole(),
  newHostDelay: whole({ default: 300 }),
  evaluationDelay: whole({ computed: true }),
  renotifyInterval: whole(),
  renotifyOccurrences: whole(),
  renotifyStatuses: set(text({ oneOf: ["alert", "warn", "no data"] })),
  escalationMessage: text(),
  groupRetentionDuration: text(),
  notificationPresetName: text(),
  notifyAudit: flag(),
  notifyBies: set(text()),
  timeoutH: whole(),
  includeTags: flag({ default: true }),
  requireFullWindow: flag({ default: true }),
  enableLogsSample: flag(),
  groupbySimpleMonitor: flag(),

  forceDelete: flag({ local: true }),
  validate: flag({ local: true }),
};
