import type { HttpRequest, HttpResponse } from "../../http/message.ts";
import { createRequestMetric, muxNotFound } from "./kit.ts";

/** A gorilla/mux route; the first that fits answers. */
export interface GoRoute {
  readonly method: string;
  /** Exact path, or a prefix where it ends in `*`. */
  readonly path: string;
  readonly handle: (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;
}

const muxNotAllowed: HttpResponse = { status: 405 };

/** Serves routes plus `/metrics`, with the name of the program's request metric. */
export function goRouter(
  routes: readonly GoRoute[],
  metricName: string,
): (request: HttpRequest) => Promise<HttpResponse> {
  const metric = createRequestMetric(metricName);
  return async (request) => {
    if (request.path === "/metrics") {
      return { status: 200, headers: { "content-type": "text/plain" }, body: metric.text() };
    }
    const fitting = routes.filter(({ path }) => fits(path, request.path));
    const route = fitting.find(({ method }) => method === request.method);
    if (route === undefined) return fitting.length > 0 ? muxNotAllowed : muxNotFound;
    const begin = performance.now();
    try {
      return await route.handle(request);
    } finally {
      metric.observe(route.path.replace("*", ""), (performance.now() - begin) / 1000);
    }
  };
}

function fits(pattern: string, path: string): boolean {
  return pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}
