import type { Clock } from "../clock.ts";
import { sleep } from "../clock.ts";
import type { JavaThrowable } from "../formats/java-throwable.ts";
import type { LogAt } from "./application.ts";
import { SpringError } from "./application.ts";

/** How long the Java driver looks for a server, in milliseconds; both services configure 10 s. */
const SELECTION_MS = 10_000;
/** How often it looks meanwhile, in milliseconds. */
const HEARTBEAT_MS = 500;

/**
 * Opens a store as the Java MongoDB driver does: it waits for a server to appear before it gives
 * up, and says so in the log when it has opened a connection.
 */
export function mongoClient<Store>(
  clock: Clock,
  host: string,
  connect: () => Store,
): (log: LogAt) => Promise<Store> {
  let known: Store | undefined;
  let connections = 0;
  return async (log) => {
    const store = tried(connect) ?? (await later(clock, connect));
    if (store === undefined) throw selectionTimeout(host);
    if (store !== known) {
      known = store;
      connections += 1;
      const id = `connectionId{localValue:${connections + 1}, serverValue:${connections + 1}}`;
      log("INFO", "org.mongodb.driver.connection", `Opened connection [${id}] to ${host}:27017`);
    }
    return store;
  };
}

function tried<Store>(connect: () => Store): Store | undefined {
  try {
    return connect();
  } catch {
    return undefined;
  }
}

async function later<Store>(clock: Clock, connect: () => Store): Promise<Store | undefined> {
  for (let waited = 0; waited < SELECTION_MS; waited += HEARTBEAT_MS) {
    await sleep(clock, HEARTBEAT_MS);
    const store = tried(connect);
    if (store !== undefined) return store;
  }
  return undefined;
}

function selectionTimeout(host: string): SpringError {
  const reason =
    `Timed out after ${SELECTION_MS} ms while waiting for a server that matches ` +
    `WritableServerSelector. Client view of cluster state is {type=UNKNOWN, ` +
    `servers=[{address=${host}:27017, type=UNKNOWN, state=CONNECTING}]`;
  const cause: JavaThrowable = {
    className: "com.mongodb.MongoTimeoutException",
    message: reason,
    frames: ["com.mongodb.connection.BaseCluster.createTimeoutException(BaseCluster.java:377)"],
  };
  const className = "org.springframework.dao.DataAccessResourceFailureException";
  const message = `${reason}; nested exception is ${cause.className}: ${reason}`;
  return new SpringError(500, className, message, { className, message, frames: [], cause });
}
