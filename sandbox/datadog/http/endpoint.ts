import type { ErrorShape, Handler, TelemetryHandler } from "./handler.ts";
import type { ApiVersion } from "./api-models.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One endpoint of the Datadog API that the stand-in answers. */
interface EndpointFacts {
  /** How far it imitates Datadog; a line of the table in sandbox/README.md. */
  imitates: string;
  /** The keys Datadog asks for here; both where not said. */
  keys?: "api";
  /** The type of the official client that the body must fit. */
  body?: { version: ApiVersion; type: string };
  /** Problems of a body that Datadog's own models name and Datadog takes: `path is got`. */
  tolerates?: RegExp;
  /** The query parameters that are understood; any other is refused. */
  query?: readonly string[];
  /** How this endpoint writes its errors, `errors` where not said. */
  errors?: ErrorShape;
  /** Whether bodies may come as gzip or deflate, and how large they may be without it. */
  compressed?: { bytes: number };
}

/** `run` works on what was declared, `serve` on what the stand-in was sent. */
type Endpoint = EndpointFacts &
  ({ run: Handler; serve?: never } | { run?: never; serve: TelemetryHandler });

export type Route = Endpoint & { method: Method; path: string };

export const v1 = (type: string) => ({ version: "v1", type }) as const;
export const v2 = (type: string) => ({ version: "v2", type }) as const;

/** Endpoints by method and path. */
export type Endpoints = Record<`${Method} /api/${string}`, Endpoint>;
