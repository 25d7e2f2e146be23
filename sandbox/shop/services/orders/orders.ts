import type { Exchange, SpringRoute } from "../../spring/application.ts";
import { springApplication } from "../../spring/application.ts";
import { springHealth } from "../../spring/health.ts";
import { mongoClient } from "../../spring/mongo-client.ts";
import type { HttpResponse } from "../../../http/message.ts";
import type { Service, ServiceDeps } from "../service.ts";
import { flag } from "../service.ts";
import { createAsyncGet } from "./async-get.ts";
import { placeLifecycleOrder } from "./lifecycle-order.ts";
import type { Ordering } from "./new-order.ts";
import { halBody, orderBody, pageBody, placedBody, rootBody, searchBody } from "./order-bodies.ts";
import { placeStockOrder } from "./stock-order.ts";

/** The orders service: a Spring Boot program that calls user, carts, payment and shipping. */
export function createOrders(deps: ServiceDeps): Service {
  const host = deps.env["db"] ?? "orders-db";
  const openStore = mongoClient(deps.clock, host, () => deps.connect("orders-db", host));
  const seconds = flag(deps.args, "http.timeout") ?? deps.env["HTTP_TIMEOUT"] ?? "5";
  const verbose = deps.image.family === "quay";
  const ordering: Ordering = {
    deps,
    asyncGet: createAsyncGet(deps, verbose),
    timeoutMs: Number(seconds) * 1000,
    verbose,
    open: ({ log }) => openStore(log),
  };
  const place = deps.image.statusFix ? placeLifecycleOrder : placeStockOrder;

  return springApplication(deps, {
    name: "orders",
    mainClass: "works.weave.socks.orders.OrderApplication",
    defaultPort: "8082",
    halErrors: "all",
    routes: [
      {
        method: "POST",
        path: /^\/orders$/,
        consumesJson: true,
        whenUntyped: emptyDocument,
        run: async (exchange) => {
          deps.record({ kind: "order-received", trace: exchange.trace.traceId });
          return placedBody(await place(ordering, exchange));
        },
      },
      ...readRoutes(ordering),
      {
        method: "GET",
        path: /^\/health$/,
        run: async (exchange) =>
          springHealth(deps.clock, [
            ["orders", true],
            ["orders-db", await reachable(ordering, exchange)],
          ]),
      },
    ],
  });
}

async function reachable({ open }: Ordering, exchange: Exchange): Promise<boolean> {
  try {
    await open(exchange);
    return true;
  } catch {
    return false;
  }
}

/** What Spring Data REST, which takes a request without a type, says of an empty body. */
function emptyDocument(): HttpResponse {
  const reason =
    "No content to map due to end-of-input\n at [Source: org.apache.catalina.connector." +
    "CoyoteInputStream@4f2d1b6a; line: 1, column: 0]";
  const exception = `com.fasterxml.jackson.databind.JsonMappingException: ${reason}`;
  const message = `Could not read document: ${reason}; nested exception is ${exception}`;
  return halBody(400, { cause: { cause: null, message: reason }, message });
}

/** What Spring Data REST makes of the repository. */
function readRoutes({ deps, open }: Ordering): readonly SpringRoute[] {
  const showIds = deps.image.statusFix;
  return [
    { method: "GET", path: /^\/$/, run: rootBody },
    {
      method: "GET",
      path: /^\/orders$/,
      run: async (exchange) =>
        pageBody((await open(exchange)).all(), exchange.request.query, showIds),
    },
    {
      method: "GET",
      path: /^\/orders\/search\/customerId$/,
      run: async (exchange) => {
        const { query, url } = exchange.request;
        const orders = (await open(exchange)).ofCustomer(query.get("custId") ?? "");
        return searchBody(orders, url, showIds);
      },
    },
    {
      method: "GET",
      path: /^\/orders\/([^/]+)$/,
      run: async (exchange) => {
        const order = (await open(exchange)).find(exchange.params[0] ?? "");
        return order === undefined ? { status: 404 } : orderBody(order, showIds);
      },
    },
    {
      method: "DELETE",
      path: /^\/orders\/([^/]+)$/,
      run: async (exchange) => {
        const [id = ""] = exchange.params;
        const store = await open(exchange);
        if (store.find(id) === undefined) return { status: 404 };
        store.remove(id);
        return { status: 204 };
      },
    },
  ];
}
