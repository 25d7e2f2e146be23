import type { SensitiveDataScannerGroupArgs } from "@pulumi/datadog/sensitiveDataScannerGroup.js";
import type { SensitiveDataScannerRuleArgs } from "@pulumi/datadog/sensitiveDataScannerRule.js";
import type * as pulumi from "@pulumi/pulumi";
import { type Scope, whereOf } from "../datadog/queries.ts";
import { maskedWords, type ScannerRule } from "./scanner-rules.ts";

/** The group: logs of this namespace on this cluster, and nothing else of the account. */
export function groupArgs(scope: Scope): SensitiveDataScannerGroupArgs {
  const { cluster, namespace } = whereOf(scope);
  return {
    name: `[sock-shop] ${scope.namespace} of ${scope.clusterName}`,
    description: "Second net behind the masks of the agent. Managed by Pulumi.",
    isEnabled: true,
    productLists: ["logs"],
    filter: { query: `${cluster} ${namespace}` },
  };
}

/** One rule of the group. */
export function ruleArgs(
  { key, title, pattern, replacement, priority }: ScannerRule,
  groupId: pulumi.Input<string>,
): SensitiveDataScannerRuleArgs {
  return {
    groupId,
    name: `[sock-shop] ${title}`,
    description: `Class ${key}: the agent's masks come first.`,
    isEnabled: true,
    pattern,
    priority,
    tags: ["managed-by:pulumi", "team:sock-shop", `sensitive_data:${key}`],
    textReplacement: { type: "replacement_string", replacementString: replacement },
    suppressions: { endsWiths: [...maskedWords] },
  };
}
