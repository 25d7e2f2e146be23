import { jacksonJson } from "../../formats/java-float.ts";
import type { JavaThrowable } from "../../formats/java-throwable.ts";
import type { HttpRequest, HttpResponse } from "../../../http/message.ts";
import { field, textField } from "../../json.ts";
import type { Exchange, SpringRoute } from "../../spring/application.ts";
import { requestJson, springApplication, SpringError } from "../../spring/application.ts";
import { springHealth } from "../../spring/health.ts";
import { mongoClient } from "../../spring/mongo-client.ts";
import { controllerFrames } from "../../spring/throwables.ts";
import type { CartItem, CartStore } from "../../stores/carts-db.ts";
import type { Service, ServiceDeps } from "../service.ts";
import type { NewItem } from "./items.ts";
import { addItem, changeQuantity, removeItem } from "./items.ts";

/** The carts service: a Spring Boot program in front of a MongoDB. */
export function createCarts(deps: ServiceDeps): Service {
  const host = deps.env["db"] ?? "carts-db";
  const open = mongoClient(deps.clock, host, () => deps.connect("carts-db", host));
  const withStore =
    (run: (store: CartStore, exchange: Exchange) => HttpResponse) =>
    async (exchange: Exchange): Promise<HttpResponse> =>
      run(await open(exchange.log), exchange);

  return springApplication(deps, {
    name: "carts",
    mainClass: "works.weave.socks.cart.CartApplication",
    defaultPort: "8081",
    halErrors: "unmapped",
    routes: [
      ...itemRoutes(deps, withStore),
      ...cartRoutes(withStore),
      {
        method: "GET",
        path: /^\/health$/,
        run: async ({ log }) => {
          const reachable = await open(log).then(
            () => true,
            () => false,
          );
          return springHealth(deps.clock, [
            ["carts", true],
            ["carts-db", reachable],
          ]);
        },
      },
    ],
  });
}

type WithStore = (
  run: (store: CartStore, exchange: Exchange) => HttpResponse,
) => (exchange: Exchange) => Promise<HttpResponse>;

const accepted: HttpResponse = { status: 202 };

function json(status: number, value: unknown): HttpResponse {
  const headers = { "content-type": "application/json;charset=UTF-8" };
  return { status, headers, body: jacksonJson(value) };
}

function cartRoutes(withStore: WithStore): readonly SpringRoute[] {
  return [
    {
      method: "GET",
      path: /^\/carts\/([^/]+)\/merge$/,
      run: withStore((store, { params: [customerId = ""], request }) => {
        const sessionId = requiredParameter(request, "sessionId");
        // The real service appends: a sock that is in both carts stands there twice afterwards.
        store.save(customerId, [...store.items(customerId), ...store.items(sessionId)]);
        store.remove(sessionId);
        return accepted;
      }),
    },
    {
      method: "GET",
      path: /^\/carts\/([^/]+)$/,
      run: withStore((_store, { params: [customerId] }) => json(200, { customerId })),
    },
    {
      method: "DELETE",
      path: /^\/carts\/([^/]+)$/,
      run: withStore((store, { params: [customerId = ""] }) => {
        store.remove(customerId);
        return accepted;
      }),
    },
  ];
}

function itemRoutes(deps: ServiceDeps, withStore: WithStore): readonly SpringRoute[] {
  const items = /^\/carts\/([^/]+)\/items$/;
  const oneItem = /^\/carts\/([^/]+)\/items\/([^/]+)$/;
  return [
    {
      method: "GET",
      path: items,
      run: withStore((store, { params: [customerId = ""] }) => json(200, store.items(customerId))),
    },
    {
      method: "POST",
      path: items,
      consumesJson: true,
      run: withStore((store, { params: [customerId = ""], request }) => {
        const cart = addItem(store.items(customerId), newItem(request), deps.newObjectId);
        store.save(customerId, cart.items);
        return json(201, cart.added);
      }),
    },
    {
      method: "PATCH",
      path: items,
      consumesJson: true,
      run: withStore((store, { params: [customerId = ""], request }) => {
        const changed = changeQuantity(store.items(customerId), newItem(request));
        store.save(customerId, found(changed));
        return accepted;
      }),
    },
    {
      method: "GET",
      path: oneItem,
      run: withStore((store, { params: [customerId = "", itemId] }) =>
        json(200, found(store.items(customerId).find((item) => item.itemId === itemId))),
      ),
    },
    {
      method: "DELETE",
      path: oneItem,
      run: withStore((store, { params: [customerId = "", itemId = ""] }) => {
        const rest: readonly CartItem[] = found(removeItem(store.items(customerId), itemId));
        store.save(customerId, rest);
        return accepted;
      }),
    },
  ];
}

function newItem(request: HttpRequest): NewItem {
  const body = requestJson(request);
  const quantity = field(body, "quantity");
  const unitPrice = field(body, "unitPrice");
  return {
    itemId: textField(body, "itemId") ?? "",
    quantity: typeof quantity === "number" ? Math.trunc(quantity) : 1,
    unitPrice: typeof unitPrice === "number" ? Math.fround(unitPrice) : 0,
  };
}

function found<T>(value: T | undefined): T {
  if (value !== undefined) return value;
  const className = "java.lang.IllegalArgumentException";
  const message = "Cannot find item in cart";
  const frame = "works.weave.socks.cart.item.FoundItem.get(FoundItem.java:26)";
  const throwable: JavaThrowable = { className, message, frames: controllerFrames(frame) };
  throw new SpringError(500, className, message, throwable);
}

function requiredParameter({ query }: HttpRequest, name: string): string {
  const value = query.get(name);
  if (value !== null) return value;
  const exception = "org.springframework.web.bind.MissingServletRequestParameterException";
  const message = `Required String parameter '${name}' is not present`;
  throw new SpringError(400, exception, message);
}
