import type { Duration } from "../duration.ts";
import type { ServiceName } from "../shop/catalogue.ts";

/** The states that the flag `sock-shop:incident` names. */
export const incidentStates = ["none", "payment-down"] as const;

type IncidentState = (typeof incidentStates)[number];

/** Virtual customers of the load Job. */
interface LoadSettings {
  /** Customers at the same time. */
  readonly users: number;

  /** New customers per second until all are there. */
  readonly rate: number;

  readonly runTime: Duration;
}

/** What decides an incident. */
export interface IncidentSettings {
  readonly incident: IncidentState;
  readonly load: LoadSettings;
}

/** How an attempt to order must end for the load to prove that the fault landed. */
type ExpectedOutcome = "outage";

/** Everything that a state of the flag changes, and nothing else changes with it. */
export interface IncidentPlan {
  /** Pods of the services that the incident scales. */
  readonly replicas: Readonly<Partial<Record<ServiceName, number>>>;

  /** Load to run; absent when the shop is healthy. */
  readonly load?: LoadSettings & { readonly expected: ExpectedOutcome };
}

/** The only place that knows what each state of the flag means. */
export function planFor({ incident, load }: IncidentSettings): IncidentPlan {
  switch (incident) {
    case "none":
      return { replicas: {} };
    case "payment-down":
      return { replicas: { payment: 0 }, load: { ...load, expected: "outage" } };
  }
}
