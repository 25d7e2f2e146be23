import type { ServeEndpoint } from "../../gokit/endpoint.ts";
import { GoError } from "../../gokit/go-error.ts";
import type { KitLog } from "../../gokit/kit.ts";
import { kitError } from "../../gokit/kit.ts";
import type { HttpRequest, HttpResponse } from "../../../http/message.ts";
import type { UserStore } from "../../stores/user-db.ts";
import type { ServiceDeps } from "../service.ts";
import type { Dumps } from "./dumps.ts";

export const HAL_TYPE = "application/hal+json";

/** What the routes of the user service share. */
export interface UserService {
  readonly deps: ServiceDeps;
  readonly serve: ServeEndpoint;
  readonly log: KitLog;
  /** Host in the HAL links. */
  readonly domain: string;
  /** Only in the QUAY fork. */
  readonly dumps: Dumps | undefined;
  /** Opens the database; its outage is an HTTP 500. */
  readonly database: () => UserStore;
}

/** The Go program panics in this request; its HTTP server cuts the connection and goes on. */
export class GoPanic extends Error {
  override readonly name = "GoPanic";
}

export type Route = (request: HttpRequest) => Promise<HttpResponse>;

/** Answers requests that could not be decoded: no line of the method, only go-kit's own. */
export function decoding({ log, deps }: UserService, route: Route): Route {
  return async (request) => {
    try {
      return await route(request);
    } catch (error) {
      if (error instanceof GoPanic) {
        deps.log("stderr", `http: panic serving: ${error.message}\ngoroutine 1 [running]:`);
        return { status: 500, abort: true };
      }
      if (!(error instanceof GoError)) throw error;
      log("server.go:110", { err: error.message });
      return kitError(error.status, error.message);
    }
  };
}
