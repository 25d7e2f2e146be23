import { springLine, type SpringLevel } from "../../formats/spring-boot.ts";
import { parseJson, textField } from "../../json.ts";
import { springApplication } from "../../spring/application.ts";
import { springHealth } from "../../spring/health.ts";
import type { Broker, Subscription } from "../../stores/rabbitmq.ts";
import type { Service, ServiceDeps } from "../service.ts";
import { SHIPPING_QUEUE } from "../shipping/shipping.ts";

/** Pause before the listener container tries the broker again, in milliseconds. */
const RECOVERY_MS = 5_000;

/**
 * The queue-master: takes shipments from the queue, prints them, and tries to start a container for
 * each, which fails wherever it has no Docker socket.
 */
export function createQueueMaster(deps: ServiceDeps): Service {
  const listener = shipmentListener(deps);
  const application = springApplication(deps, {
    name: "queue-master",
    sleuth: hasSleuth(deps),
    mainClass: "works.weave.socks.queuemaster.QueueMasterApplication",
    defaultPort: "8080",
    routes: [
      {
        method: "GET",
        path: /^\/health$/,
        run: () =>
          springHealth(deps.clock, [
            ["queue-master", true],
            ["queue-master-rabbitmq", brokerOf(deps) !== undefined],
          ]),
      },
    ],
  });
  return {
    ...application,
    start: () => {
      application.start?.();
      listener.start();
    },
    stop: () => {
      listener.stop();
    },
  };
}

/** The WEAVE build has none. */
function hasSleuth({ image }: ServiceDeps): boolean {
  return image.family === "quay";
}

function brokerOf(deps: ServiceDeps): Broker | undefined {
  try {
    return deps.connect("rabbitmq");
  } catch {
    return undefined;
  }
}

type LogOf = (level: SpringLevel, thread: string, logger: string, message: string) => void;

/** Threads of the pool that starts containers. */
const POOL_SIZE = 50;
const RETRIES = 3;
/** What Java 8 says where the socket does not exist: assumed, the lines at hand are of Java 17. */
const NO_SOCKET = "java.io.IOException";
const NO_SOCKET_REASON = "No such file or directory";

/** The eight lines of an order: one attempt, three retries, and an ERROR on a healthy shop. */
function spawnContainer(log: LogOf, thread: string): void {
  const spawner = "works.weave.socks.queuemaster.DockerSpawner";
  const retrier = "org.apache.http.impl.execchain.RetryExec";
  const target = "{}->unix://localhost:80";
  log("INFO", thread, spawner, "Spawning new container");
  for (let retry = 0; retry < RETRIES; retry += 1) {
    const caught = `I/O exception (${NO_SOCKET}) caught when processing request to ${target}`;
    log("INFO", thread, retrier, `${caught}: ${NO_SOCKET_REASON}`);
    log("INFO", thread, retrier, `Retrying request to ${target}`);
  }
  const reason = `javax.ws.rs.ProcessingException: ${NO_SOCKET}: ${NO_SOCKET_REASON}`;
  log("ERROR", thread, spawner, `Exception trying to launch/remove worker container. ${reason}`);
}

function shipmentListener(deps: ServiceDeps): { start(): void; stop(): void } {
  let subscription: Subscription | undefined;
  let cancelRetry: (() => void) | undefined;
  let stopped = false;

  let spawned = 0;
  const log: LogOf = (level, thread, logger, message) => {
    const application = hasSleuth(deps) ? "queue-master" : undefined;
    const nanos = deps.clock.nanos();
    deps.log("stdout", springLine({ nanos, level, application, thread, logger, message }));
  };

  const retry = (): void => {
    if (stopped) return;
    log(
      "WARN",
      "listenerContainer-1",
      "org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer",
      "Consumer raised exception, processing can restart if the connection factory supports it." +
        " Exception summary: java.net.ConnectException: Connection refused (Connection refused)",
    );
    cancelRetry = deps.clock.after(RECOVERY_MS, subscribe);
  };
  const consume = (message: string): void => {
    const name = textField(parseJson(message), "name") ?? "null";
    deps.log("stdout", `Received shipment task: ${name}`);
    spawned += 1;
    spawnContainer(log, `pool-6-thread-${((spawned - 1) % POOL_SIZE) + 1}`);
  };
  const subscribe = (): void => {
    subscription = brokerOf(deps)?.consume(SHIPPING_QUEUE, consume, retry);
    if (subscription === undefined) retry();
  };

  return {
    start: subscribe,
    stop: () => {
      stopped = true;
      cancelRetry?.();
      subscription?.cancel();
    },
  };
}
