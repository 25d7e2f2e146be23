import type { ClusterObjects } from "../kube/cluster-view.ts";
import { shopNamespaces, shopView } from "../kube/cluster-view.ts";
import { nodePortOf, routeKey } from "./kube-proxy/routes.ts";
import type { ServiceProxies } from "./kube-proxy/service-proxies.ts";
import { createServiceProxies } from "./kube-proxy/service-proxies.ts";
import { openLedger } from "./ledger.ts";
import type { Ledger } from "./ledger.ts";
import { createRuntime } from "./runtime.ts";
import type { Runtime, RuntimeArgs } from "./runtime.ts";

export interface ShopsArgs extends Pick<RuntimeArgs, "start" | "onState" | "retryMs"> {
  /** Port of this machine where the front-end of the first shop listens. */
  readonly frontEndPort: number;
  readonly onProblem: (message: string) => void;
}

/** The shop of one namespace. */
interface Shop {
  readonly namespace: string;
  readonly runtime: Runtime;
  readonly ledger: () => Ledger;
}

/** The shops of a cluster: as many as it has namespaces with a front-end. */
export interface Shops {
  /** Makes pods and addresses of all shops what the cluster says. Resolves when they are. */
  readonly follow: (objects: ClusterObjects) => Promise<void>;
  /** The shop whose front-end has the port: the oldest one that is still there. */
  readonly first: () => Shop | undefined;
  /** All of them, the first one first. */
  readonly all: () => readonly Shop[];
  readonly close: () => Promise<void>;
}

interface OwnedShop extends Shop {
  readonly proxies: ServiceProxies;
}

const frontEnd = { service: "front-end", port: 80 };
const frontEndKey = routeKey(frontEnd.service, frontEnd.port);

/**
 * Runs each shop by itself: names lead to the shop's own pods only, and each has a ledger of its own.
 * The first has `frontEndPort`; the others are reached at the node port that their Service declares.
 */
export function createShops(args: ShopsArgs): Shops {
  const { frontEndPort, onProblem } = args;
  const shops = new Map<string, OwnedShop>();
  const taken = new Set([frontEndPort]);
  let first: OwnedShop | undefined;

  const open = (namespace: string, port: number | undefined): OwnedShop => {
    const book = openLedger();
    const published = new Map(port === undefined ? [] : [[frontEndKey, port]]);
    const proxies = createServiceProxies({ published, taken, onProblem });
    const runtime = createRuntime({ ...args, record: book.record, serviceProxies: proxies });
    const shop = { namespace, runtime, ledger: book.read, proxies };
    shops.set(namespace, shop);
    return shop;
  };
  /** Their addresses are closed when it resolves; their pods take their time. */
  const dropOthers = async (namespaces: readonly string[]): Promise<void> => {
    const gone = [...shops.values()].filter(({ namespace }) => !namespaces.includes(namespace));
    if (first !== undefined && gone.includes(first)) first = undefined;
    for (const { namespace, runtime, proxies } of gone) {
      shops.delete(namespace);
      void runtime.close();
      await proxies.set([]);
    }
  };
  const arrange = async (objects: ClusterObjects): Promise<readonly Promise<void>[]> => {
    const namespaces = shopNamespaces(objects.services);
    await dropOthers(namespaces);
    const followed: Promise<void>[] = [];
    for (const namespace of namespaces) {
      const view = shopView(objects, namespace);
      const port = first === undefined ? frontEndPort : nodePortOf(view.services, frontEnd);
      const shop = shops.get(namespace) ?? open(namespace, port);
      if (first === undefined) {
        first = shop;
        await shop.proxies.publish(frontEnd.service, frontEnd.port, frontEndPort);
      }
      followed.push(shop.runtime.follow(view));
    }
    return followed;
  };
  let arranged: Promise<unknown> = Promise.resolve();

  return {
    first: () => first,
    all: () => [...shops.values()].sort((a, b) => Number(b === first) - Number(a === first)),
    follow: async (objects) => {
      const next = arranged.then(() => arrange(objects));
      // what comes after a change that failed is a change of its own
      arranged = next.catch(() => undefined);
      await Promise.all(await next);
    },
    close: async () => {
      await arranged;
      await Promise.all([...shops.values()].map(({ runtime }) => runtime.close()));
    },
  };
}
