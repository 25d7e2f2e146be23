import { SensitiveDataScannerGroup } from "@pulumi/datadog/sensitiveDataScannerGroup.js";
import { SensitiveDataScannerRule } from "@pulumi/datadog/sensitiveDataScannerRule.js";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../datadog/queries.ts";
import { groupArgs, ruleArgs } from "./scanner-args.ts";
import { scannerRules } from "./scanner-rules.ts";

/**
 * A second net for secrets behind the agent's masks: a group of Sensitive Data Scanner for this
 * stack's logs alone. The order of groups belongs to the account: a new one comes last.
 */
export class SecretScanner extends pulumi.ComponentResource {
  constructor(name: string, args: Scope, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:scanner:SecretScanner", name, {}, opts);
    const group = new SensitiveDataScannerGroup(name, groupArgs(args), { parent: this });
    for (const rule of scannerRules) {
      new SensitiveDataScannerRule(`${name}-${rule.key}`, ruleArgs(rule, group.id), {
        parent: this,
      });
    }
    this.registerOutputs();
  }
}
