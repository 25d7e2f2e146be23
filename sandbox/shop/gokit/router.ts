import type { HttpRequest, HttpResponse } from "../../http/message.ts";
import { createRequestMetric, muxNotFound } from "./kit.ts";

/** A gorilla/mux route; the first that fits answers. */
export interface GoRoute {
  readonly method: string;
  /** Exact path, or a prefix where it ends in `*`. */
  readonly path: string;
  readonly handle: (request: HttpRequest) => HttpResponse | Promise<HttpResponse>;
}

export interface RouterOptions {
  /** Name of the program's request metric, which `/metrics` shows. */
  readonly metricName: string;

  /** What a known path answers to another method: mux before 1.6.1 knows no 405. */
  readonly wrongMethod: 404 | 405;
}

const metricsType = "text/plain; version=0.0.4; charset=utf-8";

/** Serves routes plus `/metrics`. */
export function goRouter(
  routes: readonly GoRoute[],
  { metricName, wrongMethod }: RouterOptions,
): (request: HttpRequest) => Promise<HttpResponse> {
  const metric = createRequestMetric(metricName);
  return async (request) => {
    if (request.path === "/metrics") {
      return { status: 200, headers: { "content-type": metricsType }, body: metric.text() };
    }
    const fitting = routes.filter(({ path }) => fits(path, request.path));
    const route = fitting.find(({ method }) => method === request.method);
    if (route === undefined) {
      return fitting.length > 0 && wrongMethod === 405 ? { status: 405 } : muxNotFound;
    }
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
