import { OnCallEscalationPolicy } from "@pulumi/datadog/onCallEscalationPolicy.js";
import { OnCallSchedule } from "@pulumi/datadog/onCallSchedule.js";
import { OnCallTeamRoutingRules } from "@pulumi/datadog/onCallTeamRoutingRules.js";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../datadog/queries.ts";
import { type OnCallTeam, policyArgs, routingArgs, scheduleArgs } from "./on-call-args.ts";

/** Pages a team: schedule, escalation, and the way of its pages. */
export class OnCall extends pulumi.ComponentResource {
  constructor(name: string, args: Scope & OnCallTeam, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:routing:OnCall", name, {}, opts);
    const child = { parent: this };
    const schedule = new OnCallSchedule(name, scheduleArgs(args, args), child);
    const policy = new OnCallEscalationPolicy(name, policyArgs(args, args, schedule.id), child);
    new OnCallTeamRoutingRules(name, routingArgs(args, policy.id), child);
    this.registerOutputs();
  }
}
