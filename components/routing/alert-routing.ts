import { MonitorNotificationRule } from "@pulumi/datadog/monitorNotificationRule.js";
import * as pulumi from "@pulumi/pulumi";
import { notificationRules, type Routing } from "./notification-rules.ts";

/** Routes the stack's alerts by the tags of its monitors. */
export class AlertRouting extends pulumi.ComponentResource {
  constructor(name: string, args: Routing, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:routing:AlertRouting", name, {}, opts);
    for (const { key, ...rule } of notificationRules(args)) {
      new MonitorNotificationRule(key, rule, { parent: this });
    }
    this.registerOutputs();
  }
}
