import { ordersTimeout } from "../../../components/incident/plan.ts";
import type { LiveIncident } from "../incident-state.ts";
import type { Failure, OrderTrace } from "./order-traces.ts";

/** What proves that a state of the flag has landed. */
interface Signs {
  /** The service that the fault is at. */
  readonly target: "payment" | "shipping";

  /** Whether calls go through a proxy; else the target has no pods. */
  readonly proxied: boolean;

  /** How the requests that the fault hits end. */
  readonly failures: readonly Failure[];
}

const signs: Readonly<Record<string, Signs>> = {
  // refused at once, or no answer where the network drops the refusal
  "payment-down": { target: "payment", proxied: false, failures: ["refused", "timeout"] },
  "payment-slow": { target: "payment", proxied: true, failures: ["timeout"] },
  "payment-errors": { target: "payment", proxied: true, failures: ["status"] },
  "shipping-slow": { target: "shipping", proxied: true, failures: ["timeout"] },
};

function signsOf(incident: string): Signs {
  const found = signs[incident];
  if (found === undefined) throw new Error(`no signs are known of state "${incident}"`);
  return found;
}

/** Name of the proxy's pods; undefined where the fault is made without one. */
export function proxyOf(incident: string): string | undefined {
  const { target, proxied } = signsOf(incident);
  return proxied ? `${target}-proxy` : undefined;
}

/** What Kubernetes says for the fault, in words; undefined where it says that none is there. */
export function clusterProof(incident: string, live: LiveIncident): string | undefined {
  const { target, proxied } = signsOf(incident);
  if (!proxied) {
    const pods = live.payment?.desired ?? 0;
    return live.readyEndpoints === 0
      ? `Service ${target} has no ready endpoint, its Deployment wants ${pods} pods`
      : undefined;
  }
  const route = live.routing.routes.find(({ service }) => service === target);
  const proxy = live.routing.proxies.find(({ name }) => name === route?.pods);
  if (route === undefined || proxy === undefined || proxy.available === 0) return undefined;
  return `Service ${target} leads to ${proxy.name} (${proxy.fault})`;
}

/** Requests of orders that the fault hit: they name payment, or the proxy's line has their trace. */
export function faultyRequests(
  incident: string,
  traces: readonly OrderTrace[],
  faulted: ReadonlySet<string>,
  delaySeconds = ordersTimeout + 1,
): OrderTrace[] {
  const { target, proxied, failures } = signsOf(incident);
  return traces.filter((one) => {
    if (!isAt(target, one) || (proxied && !faulted.has(one.trace))) return false;
    // a delay that orders waits for makes no request fail
    if (one.failure === undefined) return proxied && delaySeconds < ordersTimeout;
    return failures.includes(one.failure);
  });
}

/** Whether a request came as far as a service: payment has its own answer, shipping comes after it. */
function isAt(target: Signs["target"], { asked, authorised, failure }: OrderTrace): boolean {
  if (target === "shipping") return authorised === true;
  return asked && (authorised === undefined || failure === undefined);
}

/** Seconds that the proxy holds a call back, by its own words: `8s delay …`. */
export function delayOf(incident: string, live: LiveIncident): number | undefined {
  const proxy = live.routing.proxies.find(({ name }) => name === proxyOf(incident));
  const seconds = /(\d+(?:\.\d+)?)\s*s delay/.exec(proxy?.fault ?? "")?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}

/** One thing that the fault must leave alone, tried from outside. */
export interface Control {
  readonly name: "login" | "catalogue" | "cart";

  /** Why it does not work; absent where it does. */
  readonly problem?: string;
}

/** What is known of the fault at one moment. */
export interface Evidence {
  /** In words; absent where Kubernetes shows no fault. */
  readonly cluster?: string;

  /** Trace ids of requests that the fault hit. */
  readonly requests: readonly string[];

  /** Requests that payment declined: a business answer and no failure. */
  readonly declined: number;
  readonly controls: readonly Control[];
}

/** Why the fault does not count as landed; empty where two proofs and every control hold. */
export function missingProofs(incident: string, evidence: Evidence): string[] {
  const { cluster, requests, controls } = evidence;
  const { target, proxied } = signsOf(incident);
  return [
    ...(cluster === undefined
      ? [
          proxied
            ? `Kubernetes: Service ${target} does not lead to a proxy that is available`
            : `Kubernetes: Service ${target} still has ready endpoints`,
        ]
      : []),
    ...(requests.length === 0
      ? [`orders: no request failed at ${target}${proxied ? " by a fault of the proxy" : ""}`]
      : []),
    ...controlProblems(controls),
  ];
}

/** What the fault must leave alone and does not work; also what was not tried. */
export function controlProblems(controls: readonly Control[]): string[] {
  const names = ["login", "catalogue", "cart"] as const;
  return names.flatMap((name) => {
    const control = controls.find((one) => one.name === name);
    if (control === undefined) return [`control ${name}: not tried`];
    return control.problem === undefined ? [] : [`control ${name}: ${control.problem}`];
  });
}

/** What the patterns match although nothing is wrong: they would prove nothing later. */
export function steadyProblems(incident: string, evidence: Evidence): string[] {
  const { cluster, requests, controls } = evidence;
  return [
    ...(cluster === undefined ? [] : [`the fault is there before it is staged: ${cluster}`]),
    ...(requests.length === 0
      ? []
      : [`${requests.length} requests look as with ${incident} in the healthy shop`]),
    ...controlProblems(controls),
  ];
}
