import type { OnCallEscalationPolicyArgs } from "@pulumi/datadog/onCallEscalationPolicy.js";
import type { OnCallScheduleArgs } from "@pulumi/datadog/onCallSchedule.js";
import type { OnCallTeamRoutingRulesArgs } from "@pulumi/datadog/onCallTeamRoutingRules.js";
import type * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../datadog/queries.ts";

/** Who is on call, in turn. */
export interface OnCallTeam {
  /** Id of a team in Datadog that this stack's alerts alone go to. */
  readonly team: string;

  /** Ids of its users, in the order of their weeks. */
  readonly users: readonly string[];
}

/** Seconds until somebody else is paged. */
const patience = { current: 300, team: 900 };

/** A Monday, from which the weeks are counted: another day would change whose turn it is. */
const firstMonday = "2026-01-05T08:00:00Z";

/** One person a week. */
export function scheduleArgs(scope: Scope, { team, users }: OnCallTeam): OnCallScheduleArgs {
  return {
    name: nameOf("on call", scope),
    timeZone: "UTC",
    teams: [team],
    layers: [
      {
        name: "weekly",
        effectiveDate: firstMonday,
        rotationStart: firstMonday,
        interval: { days: 7 },
        users: [...users],
      },
    ],
  };
}

/** Whoever has the week, then the whole team; once more if nobody acknowledges. */
export function policyArgs(
  scope: Scope,
  { team }: OnCallTeam,
  schedule: pulumi.Input<string>,
): OnCallEscalationPolicyArgs {
  return {
    name: nameOf("escalation", scope),
    teams: [team],
    retries: 1,
    resolvePageOnPolicyEnd: false,
    steps: [
      { escalateAfterSeconds: patience.current, targets: [{ schedule, position: "current" }] },
      { escalateAfterSeconds: patience.team, targets: [{ team }] },
    ],
  };
}

/** All pages of the team take the policy: a last rule without a query catches everything. */
export function routingArgs(
  { team }: OnCallTeam,
  policy: pulumi.Input<string>,
): OnCallTeamRoutingRulesArgs {
  return { teamId: team, rules: [{ escalationPolicy: policy, urgency: "dynamic" }] };
}

function nameOf(what: string, { namespace, clusterName }: Scope): string {
  return `[sock-shop] ${what}, ${namespace} of ${clusterName}`;
}
