import type { PortForwarder } from "./port-forwarder.ts";
import { createPortForwarder } from "./port-forwarder.ts";
import type { Address } from "../http/address.ts";
import type { Route } from "./routes.ts";
import { routeKey } from "./routes.ts";
import { claimedPorts } from "./service-port.ts";

/** One forwarder per Service port; every Service port keeps its address as long as the shop runs. */
export interface ServiceProxies {
  /** Makes the addresses lead where the routes say; Service ports that are gone are closed. */
  set(routes: readonly Route[]): Promise<void>;
  /** Gives a Service port that has another address, or none so far, this port of the machine. */
  publish(service: string, port: number, localPort: number): Promise<void>;
  /** Address of a Service port, open or closed; undefined for an unknown one. */
  addressOf(service: string, port: number): Address | undefined;
  /** What the address leads to right now. */
  endpointsOf(service: string, port: number): readonly Address[];
  close(): Promise<void>;
}

export interface ServiceProxiesArgs {
  /** Ports of this machine that certain Service ports have to get, by route key. */
  readonly published: ReadonlyMap<string, number>;
  /**
   * Ports that are given out, open or closed; proxies of several shops share it.
   *
   * @default a set of their own
   */
  readonly taken?: Set<number>;
  readonly onProblem: (message: string) => void;
}

export function createServiceProxies(args: ServiceProxiesArgs): ServiceProxies {
  const { onProblem, taken = new Set() } = args;
  const published = new Map(args.published);
  const forwarders = new Map<string, PortForwarder>();
  const claimed = claimedPorts(taken);
  for (const port of published.values()) taken.add(port);
  let turn = Promise.resolve();

  const forwarderOf = async (key: string): Promise<PortForwarder> => {
    const known = forwarders.get(key);
    if (known !== undefined) return known;
    const port = published.get(key) ?? (await claimed.portOf(key));
    taken.add(port);
    const onError = (message: string): void => {
      onProblem(`the address of Service ${key}: ${message}`);
    };
    const forwarder = createPortForwarder({ port, onError });
    forwarders.set(key, forwarder);
    return forwarder;
  };
  const moveForwarder = async (key: string): Promise<void> => {
    const old = forwarders.get(key);
    if (old === undefined) return;
    forwarders.delete(key);
    const endpoints = old.endpoints();
    await old.close();
    await claimed.release(key);
    await (await forwarderOf(key)).setEndpoints(endpoints);
  };
  const settle = async (wanted: ReadonlyMap<string, Route>): Promise<void> => {
    for (const key of wanted.keys()) await forwarderOf(key);
    await lead(forwarders, wanted);
  };

  return {
    set: (routes) => {
      turn = turn
        .then(() => settle(routesByKey(routes)))
        .catch((error: unknown) => {
          onProblem((error as Error).message);
        });
      return turn;
    },
    publish: (service, port, localPort) => {
      const key = routeKey(service, port);
      taken.add(localPort);
      published.set(key, localPort);
      turn = turn.then(() => moveForwarder(key));
      return turn;
    },
    addressOf: (service, port) => forwarders.get(routeKey(service, port))?.address,
    endpointsOf: (service, port) => forwarders.get(routeKey(service, port))?.endpoints() ?? [],
    close: async () => {
      await turn;
      await Promise.all([...forwarders.values()].map((forwarder) => forwarder.close()));
      for (const { address } of forwarders.values()) taken.delete(address.port);
      await claimed.releaseAll();
    },
  };
}

function routesByKey(routes: readonly Route[]): ReadonlyMap<string, Route> {
  return new Map(routes.map((route) => [routeKey(route.service, route.port), route]));
}

/** Makes forwarders lead to the backends of the routes; those without a route are closed. */
async function lead(
  forwarders: ReadonlyMap<string, PortForwarder>,
  wanted: ReadonlyMap<string, Route>,
): Promise<void> {
  await Promise.all(
    [...forwarders].map(([key, forwarder]) =>
      forwarder.setEndpoints(wanted.get(key)?.backends ?? []),
    ),
  );
}
