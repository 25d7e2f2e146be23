import { datadogService } from "../shop/catalogue.ts";
import { dashboardTitles } from "../datadog/dashboard-titles.ts";
import { metricMonitor, serviceCheckMonitor } from "./monitor-builders.ts";
import type { MonitorDefinition } from "./monitor-definition.ts";
import {
  logsIn,
  type Scope,
  unparsedLines,
  unparsedSearch,
  type Where,
} from "../datadog/queries.ts";
import { count } from "./template-variables.ts";

const dashboard = dashboardTitles.timeline;

/** Monitors of the telemetry itself. */
export function telemetryMonitors(where: Where, scope: Scope): readonly MonitorDefinition[] {
  return [unparsed(where), agentSilent(where, scope)];
}

const unparsed = (where: Where) =>
  metricMonitor({
    key: "logs-unparsed",
    title: "log lines that the pipeline cannot parse",
    service: datadogService("orders"),
    priority: 4,
    metric: unparsedLines(where),
    alertWhen: { reduce: "sum", minutes: 60, comparator: ">", threshold: 20 },
    noData: { why: "every line parses: a count of nothing is 0", onMissingData: "default" },
    alert: `${count} lines of the last hour match no rule: monitors that need attributes miss them.`,
    recovery: "The pipeline parses the lines again.",
    check: "read one of them: an image with another log format needs another rule.",
    logs: `${logsIn(where)} ${unparsedSearch}`,
    dashboard,
  });

function agentSilent(where: Where, { clusterName }: Scope): MonitorDefinition {
  const over = `kube_cluster_name:${clusterName}`;
  return serviceCheckMonitor({
    key: "agent-not-reporting",
    title: "a Datadog agent does not report",
    service: "datadog-agent",
    priority: 2,
    notifies: true,
    query: `"datadog.agent.up".over("${over}").by("host").last(2).count_by_status()`,
    thresholds: { critical: 1, warning: 1, ok: 1 },
    noData: { why: "a dead agent sends no check: silence is the symptom", minutes: 10 },
    renotify: { everyMinutes: 60, times: 2 },
    alert: "The agent of {{host.name}} is down: the other monitors do not see that node.",
    recovery: "The agent of {{host.name}} reports again.",
    noDataText: "The agent of {{host.name}} has not reported for ten minutes.",
    check: "check whether its pod runs; a drained node has none.",
    // The agent's own lines are not collected; these show which nodes still send any.
    logs: where.cluster,
    dashboard,
  });
}
