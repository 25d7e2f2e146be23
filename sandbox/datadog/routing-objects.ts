export interface NotificationRule {
  id: string;
  created: string;
  modified: string;
  attributes: {
    name: string;
    filter?: { tags?: string[]; scope?: string };
    recipients?: string[];
    conditional_recipients?: {
      conditions: { scope: string; recipients: string[] }[];
      fallback_recipients?: string[];
    };
  };
}

export interface Workflow {
  id: string;
  createdAt: string;
  updatedAt: string;
  attributes: {
    name: string;
    spec: {
      steps?: { name: string }[];
      triggers?: { startStepNames?: string[] }[];
      [name: string]: unknown;
    };
    [name: string]: unknown;
  };
}

/** A schedule, an escalation policy or the rules of a team, as it was sent. */
export interface OnCallObject {
  id: string;
  type: string;
  attributes: Record<string, unknown>;
  relationships?: unknown;
}
