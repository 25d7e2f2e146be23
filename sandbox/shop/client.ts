import type { PodReport, RouteReport, ShopReport } from "./control-app.ts";
import type { Ledger } from "./ledger.ts";

/** The shop's control address, typed: for the command line and tests. */
export interface ShopClient {
  /** Whether a shop (and not something else) answers there. */
  isReady(): Promise<boolean>;
  ledger(): Promise<Ledger>;
  pods(): Promise<readonly PodReport[]>;
  routes(): Promise<readonly RouteReport[]>;
  /** All shops of the cluster, the first one first. */
  shops(): Promise<readonly ShopReport[]>;
}

export function shopClient(controlPort: number): ShopClient {
  const ask = async (path: string): Promise<unknown> => {
    const address = `http://127.0.0.1:${controlPort}${path}`;
    const reply = await fetch(address, { signal: AbortSignal.timeout(10_000) });
    if (!reply.ok) throw new Error(`GET ${address}: ${reply.status} ${await reply.text()}`);
    return reply.json();
  };
  return {
    isReady: async () => {
      try {
        const health = (await ask("/sandbox/health")) as { standIn?: unknown };
        return health.standIn === "shop";
      } catch {
        return false;
      }
    },
    ledger: async () => (await ask("/sandbox/ledger")) as Ledger,
    pods: async () => (await ask("/sandbox/pods")) as readonly PodReport[],
    routes: async () => (await ask("/sandbox/routes")) as readonly RouteReport[],
    shops: async () => (await ask("/sandbox/shops")) as readonly ShopReport[],
  };
}
