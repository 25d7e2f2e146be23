import type { Clock } from "../clock.ts";
import {
  abortedLine,
  mongoJsonLine,
  mongoTextLine,
  rabbitLine,
  redisLine,
} from "../formats/stores.ts";
import type { ImageTraits } from "../images.ts";
import type { LineSink } from "../pod/pod-log.ts";
import { createCartStore } from "./carts-db.ts";
import { createCatalogueStore } from "./catalogue-db.ts";
import { createOrderStore } from "./orders-db.ts";
import { createBroker } from "./rabbitmq.ts";
import { createSessionStore } from "./session-db.ts";
import type { StoreName, Stores } from "./stores.ts";
import { createUserStore } from "./user-db.ts";

export interface StorePodArgs {
  readonly image: ImageTraits;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Periods of the probes that only open a connection, in seconds. */
  readonly connectionProbes: readonly number[];
  /** Folders that volumes are mounted on: one over the baked data hides it. */
  readonly mounts: readonly string[];
  readonly clock: Clock;
  readonly log: LineSink;
}

/** A store in its pod: empty or seeded at start, gone at stop. */
export interface StorePod {
  readonly name: StoreName;
  readonly store: Stores[StoreName];
  /** Port that the real program opens; the stand-in opens none. */
  readonly containerPort: number;
  stop(): void;
}

const USER_DATA = "/data/db-users";

const openers: {
  readonly [Name in StoreName]: (args: StorePodArgs) => Stores[Name];
} = {
  "session-db": createSessionStore,
  "carts-db": createCartStore,
  "orders-db": createOrderStore,
  "user-db": ({ image, mounts }) => createUserStore(image.seeded && !mounts.includes(USER_DATA)),
  "catalogue-db": ({ image, env }) =>
    createCatalogueStore({
      seeded: image.seeded,
      rootPassword: env["MYSQL_ROOT_PASSWORD"] ?? env["MARIADB_ROOT_PASSWORD"],
    }),
  rabbitmq: createBroker,
};

const ports: Readonly<Record<StoreName, number>> = {
  "session-db": 6379,
  "carts-db": 27017,
  "orders-db": 27017,
  "user-db": 27017,
  "catalogue-db": 3306,
  rabbitmq: 5672,
};

export function openStorePod(name: StoreName, args: StorePodArgs): StorePod {
  const store = openers[name](args);
  logStart(name, args);
  const stopProbes = name === "catalogue-db" ? logProbes(args) : () => undefined;
  return {
    name,
    store,
    containerPort: ports[name],
    stop: () => {
      stopProbes();
      if ("close" in store) store.close();
    },
  };
}

/** MySQL and MariaDB print a line for every connection that ends before its greeting. */
function logProbes({ clock, log, image, connectionProbes }: StorePodArgs): () => void {
  const cancels = new Map<number, () => void>();
  let connections = 1;
  const probeEvery = (seconds: number, index: number): void => {
    const cancel = clock.after(seconds * 1000, () => {
      connections += 1;
      log("stderr", abortedLine(clock.nanos(), connections, image.family));
      probeEvery(seconds, index);
    });
    cancels.set(index, cancel);
  };
  connectionProbes.forEach(probeEvery);
  return () => {
    for (const cancel of cancels.values()) cancel();
  };
}

/** The line that says the program is up; catalogue-db's real log is empty. */
function logStart(name: StoreName, { clock, log, image }: StorePodArgs): void {
  const nanos = clock.nanos();
  const mongo = { nanos, severity: "I", component: "NETWORK", id: 23016 } as const;
  switch (name) {
    case "session-db":
      log("stdout", redisLine(nanos, "*", "Ready to accept connections tcp"));
      break;
    case "rabbitmq":
      log("stdout", rabbitLine(nanos, "info", "Server startup complete; 4 plugins started."));
      break;
    case "carts-db":
    case "orders-db":
    case "user-db": {
      const message = "Waiting for connections";
      const attributes = { port: 27017, ssl: "off" };
      const entry = { ...mongo, context: "listener", message, attributes };
      log("stdout", image.seeded ? mongoTextLine(entry) : mongoJsonLine(entry));
      break;
    }
    case "catalogue-db":
      break;
  }
}
