import { expect } from "chai";
import { resourceType } from "../../../../sandbox/plugins/datadog/resource-types.ts";

describe("a type that is not served", () => {
  it("is refused by name", () => {
    expect(() => resourceType("datadog:index/user:User")).to.throw(
      "datadog:index/user:User is not served by the stand-in for the datadog plugin, only " +
        "DashboardJson, DowntimeSchedule, LogsArchive, LogsCustomPipeline, LogsIndex, LogsMetric, " +
        "Monitor, MonitorNotificationRule, " +
        "OnCallEscalationPolicy, OnCallSchedule, OnCallTeamRoutingRules, " +
        "SensitiveDataScannerGroup, SensitiveDataScannerRule, ServiceLevelObjective, " +
        "SoftwareCatalog, SyntheticsPrivateLocation, SyntheticsTest, " +
        "WorkflowAutomation: use the official plugin",
    );
  });

  it("is refused with the reason when it is the order of all pipelines", () => {
    expect(() => resourceType("datadog:index/logsPipelineOrder:LogsPipelineOrder")).to.throw(
      "it owns the order of all pipelines of the organisation",
    );
  });
});
