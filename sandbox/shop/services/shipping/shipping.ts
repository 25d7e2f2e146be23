import type { HttpResponse } from "../../../http/message.ts";
import { textField } from "../../json.ts";
import type { Exchange } from "../../spring/application.ts";
import { requestJson, springApplication } from "../../spring/application.ts";
import { springHealth } from "../../spring/health.ts";
import type { Broker } from "../../stores/rabbitmq.ts";
import { hexId, uuid } from "../../pod/identity.ts";
import type { Service, ServiceDeps } from "../service.ts";

export const SHIPPING_QUEUE = "shipping-task";

const text = { "content-type": "text/plain;charset=UTF-8" };

/** The shipping service: accepts every shipment and queues it, broker or no broker. */
export function createShipping(deps: ServiceDeps): Service {
  const broker = brokerClient(deps);
  return springApplication(deps, {
    name: "shipping",
    mainClass: "works.weave.socks.shipping.ShippingServiceApplication",
    defaultPort: "8080",
    routes: [
      { method: "POST", path: /^\/shipping$/, consumesJson: true, run: postShipping(deps, broker) },
      {
        method: "GET",
        path: /^\/shipping$/,
        run: () => ({ status: 200, headers: text, body: "GET ALL Shipping Resource." }),
      },
      {
        method: "GET",
        path: /^\/shipping\/([^/]+)$/,
        run: ({ params: [id = ""] }) => ({
          status: 200,
          headers: text,
          body: `GET Shipping Resource with id: ${id}`,
        }),
      },
      {
        method: "GET",
        path: /^\/health$/,
        run: (exchange) =>
          springHealth(deps.clock, [
            ["shipping-rabbitmq", broker(exchange) !== undefined],
            ["shipping", true],
          ]),
      },
    ],
  });
}

/** The open broker, or undefined while it cannot be reached. */
type BrokerClient = (exchange: Exchange) => Broker | undefined;

function brokerClient(deps: ServiceDeps): BrokerClient {
  let known: Broker | undefined;
  return ({ log }) => {
    let broker: Broker;
    try {
      broker = deps.connect("rabbitmq");
    } catch {
      return undefined;
    }
    if (broker !== known) {
      known = broker;
      const delegate = `SimpleConnection@${hexId(deps.random, 4)}`;
      log(
        "INFO",
        "org.springframework.amqp.rabbit.connection.CachingConnectionFactory",
        `Created new connection: ${delegate} [delegate=amqp://guest@rabbitmq:5672/]`,
      );
    }
    return broker;
  };
}

function postShipping(deps: ServiceDeps, broker: BrokerClient) {
  return (exchange: Exchange): HttpResponse => {
    const body = requestJson(exchange.request);
    const shipment = {
      id: textField(body, "id") ?? uuid(deps.random),
      name: textField(body, "name") ?? "",
    };
    deps.log("stdout", "Adding shipment to queue...");
    const open = broker(exchange);
    if (open === undefined) {
      deps.log(
        "stdout",
        "Unable to add to queue (the queue is probably down). Accepting anyway. Don't do this for real!",
      );
    }
    open?.publish(SHIPPING_QUEUE, JSON.stringify(shipment));
    deps.record({ kind: "shipment-accepted", trace: exchange.trace.traceId });
    return {
      status: 201,
      headers: { "content-type": "application/json;charset=UTF-8" },
      body: JSON.stringify(shipment),
    };
  };
}
