import { springLine } from "../../formats/spring-boot.ts";
import { parseJson, textField } from "../../json.ts";
import { springApplication } from "../../spring/application.ts";
import { springHealth } from "../../spring/health.ts";
import type { Broker, Subscription } from "../../stores/rabbitmq.ts";
import type { Service, ServiceDeps } from "../service.ts";
import { SHIPPING_QUEUE } from "../shipping/shipping.ts";

/** Pause before the listener container tries the broker again, in milliseconds. */
const RECOVERY_MS = 5_000;

/** The queue-master: takes shipments from the queue and prints them, nothing else. */
export function createQueueMaster(deps: ServiceDeps): Service {
  const listener = shipmentListener(deps);
  const application = springApplication(deps, {
    name: "queue-master",
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

function brokerOf(deps: ServiceDeps): Broker | undefined {
  try {
    return deps.connect("rabbitmq");
  } catch {
    return undefined;
  }
}

function shipmentListener(deps: ServiceDeps): { start(): void; stop(): void } {
  let subscription: Subscription | undefined;
  let cancelRetry: (() => void) | undefined;
  let stopped = false;

  const retry = (): void => {
    if (stopped) return;
    deps.log(
      "stdout",
      springLine({
        nanos: deps.clock.nanos(),
        level: "WARN",
        application: "queue-master",
        thread: "listenerContainer-1",
        logger: "org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer",
        message:
          "Consumer raised exception, processing can restart if the connection factory supports it." +
          " Exception summary: java.net.ConnectException: Connection refused (Connection refused)",
      }),
    );
    cancelRetry = deps.clock.after(RECOVERY_MS, subscribe);
  };
  const consume = (message: string): void => {
    const name = textField(parseJson(message), "name") ?? "null";
    deps.log("stdout", `Received shipment task: ${name}`);
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
