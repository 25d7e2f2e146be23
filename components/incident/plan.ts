import { toSeconds, type Duration } from "../duration.ts";
import type { ServiceName } from "../shop/catalogue.ts";

/** The states that the flag `sock-shop:incident` names. */
export const incidentStates = [
  "none",
  "payment-down",
  "payment-slow",
  "payment-errors",
  "shipping-slow",
] as const;

type IncidentState = (typeof incidentStates)[number];

/** What customers may do while no incident is staged: the negative controls. */
export const controls = ["nothing", "orders", "declines"] as const;

/** Seconds that orders waits for payment and for shipping before it answers with a timeout. */
export const ordersTimeout = 5;

/**
 * When customers order: `closed` after a pause since their last order, `open` at fixed times, however
 * long the shop takes.
 */
export const arrivals = ["closed", "open"] as const;

/** Virtual customers of the load Job. */
interface LoadSettings {
  /** Customers at the same time; 0 for no load. */
  readonly users: number;

  /** New customers per second until all are there. */
  readonly rate: number;

  readonly runTime: Duration;
  readonly arrivals: (typeof arrivals)[number];

  /** Processes that share the customers; 1 for a load that is one process. */
  readonly workers: number;

  /** The same seed makes each customer order the same; absent: chance decides. */
  readonly seed?: number | undefined;
}

/** What decides an incident. */
export interface IncidentSettings {
  readonly incident: IncidentState;
  readonly load: LoadSettings & { readonly withoutIncident: (typeof controls)[number] };
  readonly faults: {
    readonly delay: Duration;

    /** HTTP status of a failing call, 500 to 599. */
    readonly status: number;

    /** Share of the calls that the fault hits, 10 to 100. */
    readonly percentage: number;
  };

  /** How long an incident lasts at most. */
  readonly incidentLease: Duration;

  /** Pods of payment outside of an incident. */
  readonly paymentReplicas: number;
}

/**
 * How attempts to order end. A customer cannot tell a payment that is not there from one that
 * answers with an error: orders words both alike, so both are an `outage`. `late` is an order that
 * was placed, but not before the delay of the fault was over.
 */
type Outcome = "placed" | "declined" | "outage" | "slow" | "late";

/**
 * What a load run must see. Without pods, payment refuses at once or never answers: the node rejects
 * the connection, and whether the rejection reaches orders depends on the cluster's network policies.
 * So `unavailable` is an `outage` or `slow`.
 */
type ExpectedOutcome = Outcome | "unavailable";

/** What the proxy does to a call instead of passing it on at once. */
export type Fault = { readonly delaySeconds: number } | { readonly status: number };

/** A proxy that callers of a service reach instead of its pods. */
export interface ProxyPlan {
  /** Name of the proxy's pods and objects. */
  readonly name: string;
  readonly target: ServiceName;

  /** The one POST that goes wrong; everything else passes. */
  readonly path: string;
  readonly fault: Fault;

  /** Share of those calls, 1 to 100. */
  readonly percentage: number;
}

/** What the guard in the cluster puts back when the incident has lasted long enough. */
export interface LeasePlan {
  /** Name of the guard's pods and objects. Each state has a guard, and with it a lease, of its own. */
  readonly name: string;
  readonly lasts: Duration;

  /** Pods that a service has again. */
  readonly replicas: Readonly<Partial<Record<ServiceName, number>>>;

  /** Services whose callers reach its own pods again. */
  readonly direct: readonly ServiceName[];
}

/** Everything that a state of the flag changes, and nothing else changes with it. */
export interface IncidentPlan {
  /** Pods of the services that the incident scales. */
  readonly replicas: Readonly<Partial<Record<ServiceName, number>>>;

  /** Pods that a service's callers reach instead of its own. */
  readonly backends: Readonly<Partial<Record<ServiceName, string>>>;
  readonly proxy?: ProxyPlan;

  /** Load to run, with every outcome that it must see; absent when customers do nothing. */
  readonly load?: LoadSettings & {
    readonly expected: readonly ExpectedOutcome[];

    /** Seconds from which a placed order is late. */
    readonly lateAfter?: number;
  };

  /** Absent where nothing is to be put back. */
  readonly lease?: LeasePlan;
}

/** The only place that knows what each state of the flag means. */
export function planFor(settings: IncidentSettings): IncidentPlan {
  const plan = faultFor(settings);
  const { incident, incidentLease, paymentReplicas } = settings;
  if (incident === "none") return plan;
  // Whatever a state scales or redirects is put back: a fault without a guard cannot be written.
  const configured: Record<string, number> = { payment: paymentReplicas };
  const scaled = Object.keys(plan.replicas).map((service) => [service, configured[service] ?? 1]);
  const lease = {
    name: `${incident}-lease`,
    lasts: incidentLease,
    replicas: Object.fromEntries(scaled) as LeasePlan["replicas"],
    direct: Object.keys(plan.backends) as ServiceName[],
  };
  return { ...plan, lease };
}

function faultFor(settings: IncidentSettings): IncidentPlan {
  const { status, delay } = settings.faults;
  const delaySeconds = toSeconds(delay);
  switch (settings.incident) {
    case "none":
      return { replicas: {}, backends: {}, ...control(settings) };
    case "payment-down":
      return { replicas: { payment: 0 }, backends: {}, ...load(settings, ["unavailable"]) };
    case "payment-slow":
      return proxied(settings, {
        target: "payment",
        path: "/paymentAuth",
        fault: { delaySeconds },
      });
    case "payment-errors":
      return proxied(settings, { target: "payment", path: "/paymentAuth", fault: { status } });
    case "shipping-slow":
      return proxied(settings, { target: "shipping", path: "/shipping", fault: { delaySeconds } });
  }
}

function proxied(
  settings: IncidentSettings,
  hit: Pick<ProxyPlan, "target" | "path" | "fault">,
): IncidentPlan {
  const { percentage } = settings.faults;
  const name = `${hit.target}-proxy`;
  const seen = outcomeOf(hit.fault);
  const expected: Outcome[] = percentage < 100 ? [seen, "placed"] : [seen];
  return {
    replicas: {},
    backends: { [hit.target]: name },
    proxy: { name, percentage, ...hit },
    ...load(settings, expected, lateAfter(hit.fault)),
  };
}

/** Seconds from which an order that passes a slow call is late. */
function lateAfter(fault: Fault): number | undefined {
  return outcomeOf(fault) === "late" && "delaySeconds" in fault ? fault.delaySeconds : undefined;
}

function outcomeOf(fault: Fault): Outcome {
  if ("status" in fault) return "outage";
  return fault.delaySeconds > ordersTimeout ? "slow" : "late";
}

function control(settings: IncidentSettings): Pick<IncidentPlan, "load"> {
  switch (settings.load.withoutIncident) {
    case "nothing":
      return {};
    case "orders":
      return load(settings, ["placed"]);
    case "declines":
      return load(settings, ["declined"]);
  }
}

function load(
  { load: { users, rate, runTime, arrivals, workers, seed } }: IncidentSettings,
  expected: readonly ExpectedOutcome[],
  late?: number,
): Pick<IncidentPlan, "load"> {
  if (users === 0) return {};
  const customers = { users, rate, runTime, arrivals, workers };
  const seeded = { ...customers, ...(seed !== undefined && { seed }) };
  return { load: { ...seeded, expected, ...(late !== undefined && { lateAfter: late }) } };
}
