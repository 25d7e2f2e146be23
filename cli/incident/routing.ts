import { annotations } from "../../components/incident/annotations.ts";
import type { Manifest } from "../pulumi/state-file.ts";

/** Where a Service leads that has a Deployment of its own name. */
interface Route {
  readonly service: string;

  /** Name of the pods that it selects. */
  readonly pods: string;
}

/** A Deployment that does something to the calls which pass it. */
interface Proxy {
  readonly name: string;
  readonly fault: string;
  readonly desired: number;

  /** Only in a cluster. */
  readonly available: number;
}

/** Where callers are sent, and by whom they are kept waiting or turned away. */
export interface Routing {
  readonly routes: readonly Route[];
  readonly proxies: readonly Proxy[];
}

export const noRouting: Routing = { routes: [], proxies: [] };

/** Reads the routing out of declared or real objects. */
export function routingOf(
  services: readonly Manifest[],
  deployments: readonly Manifest[],
): Routing {
  const names = deployments.map(({ metadata }) => metadata?.name);
  const routes = services.flatMap(({ metadata, spec }) => {
    const service = metadata?.name;
    const pods = spec?.selector?.["name"];
    const isOwn = service !== undefined && names.includes(service) && typeof pods === "string";
    return isOwn ? [{ service, pods }] : [];
  });
  const proxies = deployments.flatMap(({ metadata = {}, spec = {}, status = {} }) => {
    const { name, annotations: notes = {} } = metadata;
    const fault = notes[annotations.fault];
    if (name === undefined || fault === undefined) return [];
    return [{ name, fault, desired: spec.replicas ?? 1, available: status.availableReplicas ?? 0 }];
  });
  return { routes, proxies };
}

/** What leads elsewhere, in words: `payment behind payment-proxy (8s delay …)`. */
export function redirectedServices({ routes, proxies }: Routing): string[] {
  return redirectionsOf(routes).map(({ service, pods }) => {
    const proxy = proxies.find(({ name }) => name === pods);
    return `${service} behind ${pods} (${proxy?.fault ?? "not declared"})`;
  });
}

/** The same of what really runs, with the proxy's pods. */
export function liveRedirections({ routes, proxies }: Routing): string[] {
  return redirectionsOf(routes).map(({ service, pods }) => {
    const proxy = proxies.find(({ name }) => name === pods);
    if (!proxy) return `${service} behind ${pods}, which is not there`;
    return `${service} behind ${pods} ${proxy.available}/${proxy.desired} (${proxy.fault})`;
  });
}

function redirectionsOf(routes: readonly Route[]): Route[] {
  return routes.filter(({ service, pods }) => service !== pods);
}

/** Where the real routing differs from the declared one. */
export function routingDrift(declared: Routing, live: Routing): string[] {
  return [
    ...declared.routes.flatMap(({ service, pods }) => {
      const real = live.routes.find((route) => route.service === service);
      if (real?.pods === pods) return [];
      if (!real) return [`Service ${service} is deleted, but the stack declares it`];
      return [`Service ${service} leads to ${real.pods}, the stack declares ${pods}`];
    }),
    ...declared.proxies.flatMap(({ name, fault, desired }) => {
      const real = live.proxies.find((proxy) => proxy.name === name);
      if (!real) return [`${name} is deleted, but the stack declares it`];
      return [
        ...(real.desired === desired
          ? []
          : [`${name} is scaled to ${real.desired}, the stack declares ${desired}`]),
        ...(real.fault === fault ? [] : [`${name} has ${real.fault}, the stack declares ${fault}`]),
      ];
    }),
  ];
}

/** Declared proxies that lack pods. */
export function missingProxyPods(declared: Routing, live: Routing): string[] {
  return live.proxies
    .filter(({ name }) => declared.proxies.some((proxy) => proxy.name === name))
    .filter(({ desired, available }) => desired !== available)
    .map(({ name, desired, available }) => `${name} has ${available} of ${desired} pods available`);
}
