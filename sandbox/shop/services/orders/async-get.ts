import type { Json } from "../../json.ts";
import type { Exchange } from "../../spring/application.ts";
import { restExchange } from "../../spring/rest-template.ts";
import type { OrderItem } from "../../stores/orders-db.ts";
import { hexId } from "../../pod/identity.ts";
import type { ServiceDeps } from "../service.ts";
import type { EntityType, Resource } from "./entities.ts";
import { readItems, readLinks, showResource } from "./entities.ts";

const LOGGER = "works.weave.socks.orders.services.AsyncGetService";
const TYPE_REFERENCE =
  "SyntheticParameterizedTypeReference<org.springframework.hateoas.mvc." +
  "TypeReferences$SyntheticParameterizedType";

/** The real service's AsyncGetService: every call runs on a new thread. */
export interface AsyncGet {
  resource<T>(exchange: Exchange, url: string, type: EntityType<T>): Promise<Resource<T>>;
  items(exchange: Exchange, url: string): Promise<readonly OrderItem[]>;
  post(exchange: Exchange, url: string, body: string): Promise<Json>;
}

/** @param verbose the QUAY builds log every look-up at INFO, card and address included */
export function createAsyncGet(deps: ServiceDeps, verbose: boolean): AsyncGet {
  let threads = 0;
  const fork = (exchange: Exchange) => {
    threads += 1;
    return exchange.fork(`SimpleAsyncTaskExecutor-${threads}`);
  };

  return {
    resource: (exchange, url, type) => {
      const { trace, log } = fork(exchange);
      if (verbose) {
        const hash = hexId(deps.random, 4).replace(/^0+/, "");
        log("INFO", LOGGER, `Requesting: <GET ${url},{Accept=[application/hal+json]}>`);
        log("INFO", LOGGER, `Requesting with type: ${TYPE_REFERENCE}@${hash}>`);
      }
      const call = restExchange(deps.call, {
        method: "GET",
        url,
        accept: "application/hal+json",
        trace,
        frame: `${LOGGER}.getResource(AsyncGetService.java:51)`,
      });
      return future(
        call.then((body) => {
          const resource = { content: type.read(body), links: readLinks(body) };
          if (verbose) log("INFO", LOGGER, `Received: ${showResource(type, resource)}`);
          return resource;
        }),
      );
    },
    items: (exchange, url) =>
      future(
        restExchange(deps.call, {
          method: "GET",
          url,
          accept: "application/json",
          trace: fork(exchange).trace,
          frame: `${LOGGER}.getDataList(AsyncGetService.java:70)`,
        }).then(readItems),
      ),
    post: (exchange, url, body) =>
      future(
        restExchange(deps.call, {
          method: "POST",
          url,
          accept: "application/json",
          body,
          trace: fork(exchange).trace,
          frame: `${LOGGER}.postResource(AsyncGetService.java:81)`,
        }),
      ),
  };
}

/** A failed call that nobody waits for any more is nobody's concern, as in a Java Future. */
function future<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
