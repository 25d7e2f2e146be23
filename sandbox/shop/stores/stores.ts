import type { CartStore } from "./carts-db.ts";
import type { CatalogueStore } from "./catalogue-db.ts";
import type { OrderStore } from "./orders-db.ts";
import type { Broker } from "./rabbitmq.ts";
import type { SessionStore } from "./session-db.ts";
import type { UserStore } from "./user-db.ts";

/** The in-process stores by the workload that holds them. */
export interface Stores {
  readonly "session-db": SessionStore;
  readonly "carts-db": CartStore;
  readonly "orders-db": OrderStore;
  readonly "user-db": UserStore;
  readonly "catalogue-db": CatalogueStore;
  readonly rabbitmq: Broker;
}

export type StoreName = keyof Stores;

/**
 * Opens a connection to a store of this kind through the Service `host` (default: of the same name).
 * Throws Node's ECONNREFUSED where no pod of it is ready, ENOTFOUND where there is no such Service.
 */
export type Connect = <Name extends StoreName>(kind: Name, host?: string) => Stores[Name];

const storeNames: readonly string[] = [
  "session-db",
  "carts-db",
  "orders-db",
  "user-db",
  "catalogue-db",
  "rabbitmq",
] satisfies readonly StoreName[];

export function isStoreName(name: string): name is StoreName {
  return storeNames.includes(name);
}
