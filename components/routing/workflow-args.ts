import type { WorkflowAutomationArgs } from "@pulumi/datadog/workflowAutomation.js";
import type { Scope } from "../datadog/queries.ts";

/** Handle of the workflow, which monitors mention as `@workflow-<handle>`; unique in an account. */
function workflowHandle({ clusterName, namespace }: Scope): string {
  const name = `sock-shop-${namespace}-${clusterName}-incident`;
  return name.toLowerCase().replaceAll(/[^a-z0-9-]+/g, "-");
}

/** What mentions the workflow where there is one. */
export function workflowMention(
  settings: Scope & { readonly declareIncidents: boolean },
): string | undefined {
  return settings.declareIncidents ? `@workflow-${workflowHandle(settings)}` : undefined;
}

const step = "Declare_incident";

/**
 * A workflow that declares an incident when a monitor triggers it: at most one an hour, as a monitor
 * that alerts again within the hour is the same incident. The action's name and inputs are those of
 * Datadog's action catalogue.
 */
export function workflowArgs(scope: Scope): WorkflowAutomationArgs {
  const { clusterName, namespace } = scope;
  const spec = {
    handle: workflowHandle(scope),
    triggers: [
      {
        startStepNames: [step],
        monitorTrigger: { rateLimit: { count: 1, interval: "3600s" } },
      },
    ],
    steps: [
      {
        name: step,
        actionId: "com.datadoghq.dd.incidents.createIncident",
        parameters: [
          { name: "title", value: `{{ Source.monitor.name }} (${namespace} of ${clusterName})` },
          { name: "customer_impacted", value: true },
        ],
        display: { bounds: { x: 0, y: 216 } },
      },
    ],
  };
  return {
    name: `[sock-shop] declare an incident (${namespace} of ${clusterName})`,
    description: "Declares an incident when payment is down and orders fail. Managed by Pulumi.",
    published: true,
    tags: ["managed-by:pulumi", "team:sock-shop", `kube_cluster_name:${clusterName}`],
    specJson: JSON.stringify(spec),
  };
}
