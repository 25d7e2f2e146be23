import { PluginError } from "../grpc/plugin-error.ts";
import type { ResourceType } from "./resource-type.ts";
import { dashboardJson } from "./resources/dashboard-json.ts";
import { downtimeSchedule } from "./resources/downtime-schedule.ts";
import { logsArchive } from "./resources/logs-archive.ts";
import { logsIndex } from "./resources/logs-index.ts";
import { logsMetric } from "./resources/logs-metric.ts";
import { logsCustomPipeline } from "./resources/logs-pipeline.ts";
import { monitor } from "./resources/monitor.ts";
import { monitorNotificationRule } from "./resources/notification-rule.ts";
import {
  onCallEscalationPolicy,
  onCallSchedule,
  onCallTeamRoutingRules,
} from "./resources/on-call.ts";
import { scannerGroup, scannerRule } from "./resources/scanner.ts";
import { serviceLevelObjective } from "./resources/slo.ts";
import { softwareCatalog } from "./resources/software-catalog.ts";
import { syntheticsPrivateLocation } from "./resources/synthetics-private-location.ts";
import { syntheticsTest } from "./resources/synthetics-test.ts";
import { workflowAutomation } from "./resources/workflow.ts";

/** What this stand-in serves, by type token. */
const TYPES: Readonly<Record<string, ResourceType>> = {
  "datadog:index/dashboardJson:DashboardJson": dashboardJson,
  "datadog:index/downtimeSchedule:DowntimeSchedule": downtimeSchedule,
  "datadog:index/logsArchive:LogsArchive": logsArchive,
  "datadog:index/logsCustomPipeline:LogsCustomPipeline": logsCustomPipeline,
  "datadog:index/logsIndex:LogsIndex": logsIndex,
  "datadog:index/logsMetric:LogsMetric": logsMetric,
  "datadog:index/monitor:Monitor": monitor,
  "datadog:index/monitorNotificationRule:MonitorNotificationRule": monitorNotificationRule,
  "datadog:index/onCallEscalationPolicy:OnCallEscalationPolicy": onCallEscalationPolicy,
  "datadog:index/onCallSchedule:OnCallSchedule": onCallSchedule,
  "datadog:index/onCallTeamRoutingRules:OnCallTeamRoutingRules": onCallTeamRoutingRules,
  "datadog:index/sensitiveDataScannerGroup:SensitiveDataScannerGroup": scannerGroup,
  "datadog:index/sensitiveDataScannerRule:SensitiveDataScannerRule": scannerRule,
  "datadog:index/serviceLevelObjective:ServiceLevelObjective": serviceLevelObjective,
  "datadog:index/softwareCatalog:SoftwareCatalog": softwareCatalog,
  "datadog:index/syntheticsPrivateLocation:SyntheticsPrivateLocation": syntheticsPrivateLocation,
  "datadog:index/syntheticsTest:SyntheticsTest": syntheticsTest,
  "datadog:index/workflowAutomation:WorkflowAutomation": workflowAutomation,
};

const PIPELINE_ORDER = "datadog:index/logsPipelineOrder:LogsPipelineOrder";

/** The type of a token; an unknown one is refused. */
export function resourceType(token: string): ResourceType {
  const found = TYPES[token];
  if (found !== undefined) return found;
  if (token === PIPELINE_ORDER) {
    throw new PluginError(
      `${token} is refused: it owns the order of all pipelines of the organisation, others' too. ` +
        "Without it a new pipeline is appended last",
    );
  }
  const served = Object.keys(TYPES).map((known) => known.split(":").at(-1));
  throw new PluginError(
    `${token} is not served by the stand-in for the datadog plugin, only ${served.join(", ")}: ` +
      "use the official plugin",
  );
}
