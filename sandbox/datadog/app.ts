import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import type { Readable } from "node:stream";
import { createGunzip, createInflate, type Gunzip, type Inflate } from "node:zlib";
import { type Answer, type Call, errorBody, Refusal } from "./http/handler.ts";
import { problemsOf, problemText } from "./http/validate-body.ts";
import { addControl } from "./control-api.ts";
import { heldAnswers, type HeldAnswers } from "./held-answers.ts";
import { hasKeys, nestsTooDeep, withoutKeys } from "./http/request-guard.ts";
import type { LogService } from "./logs/log-service.ts";
import { whyRefused } from "../http/loopback-guard.ts";
import { createRequestLog, type RequestLog } from "./http/request-log.ts";
import type { Route } from "./http/endpoint.ts";
import { routes } from "./endpoints.ts";
import { addPage } from "../page/serve/page.ts";
import type { ShopReader } from "./shop-report.ts";
import type { Store } from "./store.ts";

export interface AppOptions {
  store: Store;
  /** What the stand-in is sent: logs, series, checks. */
  service: LogService;
  /** Now; the only clock of the stand-in. */
  clock: () => Date;
  /** Takes one line for each failure of the stand-in itself. */
  report: (line: string) => void;
  /** Where the start page finds the shop's ledger; absent where no shop was named. */
  shop?: ShopReader;
}

/** A body larger than this is refused with 413; the largest dashboards are a tenth of it. */
const bodyLimit = 4 * 1024 * 1024;

/** Metric names are the longest path segments; Datadog allows 200 characters. */
const maxParamLength = 400;

/** The stand-in without a port: for `inject` in tests, and for server.ts to listen with. */
export function buildApp(options: AppOptions): FastifyInstance {
  const { store, service, clock, report } = options;
  const app = Fastify({
    bodyLimit,
    exposeHeadRoutes: false,
    // Clients join an address that ends in a slash with a path that begins with one.
    routerOptions: { maxParamLength, ignoreDuplicateSlashes: true },
    frameworkErrors: (error, _request, reply) => {
      const { statusCode = 400, message } = error;
      void (reply as FastifyReply).code(statusCode).send({ errors: [message] });
    },
  });
  const log = createRequestLog(store, clock);
  addParser(app);
  addGuard(app, log);
  addErrors(app, log, report);
  const held = heldAnswers(routes.map(({ method, path }) => `${method} ${path}`));
  app.addHook("preClose", (done) => {
    held.release();
    done();
  });
  const { shop } = options;
  addControl(app, { store, service, log, clock, held, ...(shop && { shop }) });
  addPage(app);
  routes.forEach((route) => {
    addRoute(app, route, { ...options, held });
  });
  app.setNotFoundHandler((request) => {
    throw new Refusal(
      501,
      `this is the Datadog stand-in of the sandbox, not Datadog: it does not know ${request.method} ${withoutKeys(request.url)}`,
    );
  });
  return app;
}

function addParser(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const options = { parseAs: "string" } as const;
  app.addContentTypeParser(["application/json", "text/json"], options, (_request, body, done) => {
    const text = body as string;
    if (nestsTooDeep(text)) {
      done(new Refusal(400, "Invalid payload: the JSON nests too deep"));
      return;
    }
    try {
      // Clients send the header with an empty body on GET and DELETE.
      done(null, text.trim() === "" ? undefined : JSON.parse(text));
    } catch (error) {
      done(new Refusal(400, `Invalid JSON: ${(error as Error).message}`));
    }
  });
}

function addGuard(app: FastifyInstance, log: RequestLog): void {
  app.addHook("onRequest", (request, _reply, done) => {
    const why = whyRefused(request, "loopback");
    if (why !== undefined) {
      throw new Refusal(403, why);
    }
    done();
  });
  app.addHook("preParsing", (request, _reply, payload, done) => {
    done(null, unpacked(request, payload));
  });
  app.addHook("onResponse", (request, reply, done) => {
    log.add(request, reply.statusCode);
    done();
  });
}

/** The body as it was before it was compressed, where the route takes such bodies. */
function unpacked({ headers, routeOptions }: FastifyRequest, payload: Readable): Readable {
  const encoding = headers["content-encoding"];
  if (encoding === undefined || encoding === "identity") {
    return payload;
  }
  const unpack = routeOptions.config.isCompressible === true ? unpackers[encoding] : undefined;
  if (unpack === undefined) {
    throw new Refusal(415, `the content encoding ${JSON.stringify(encoding)} is not understood`);
  }
  // fastify compares what came over the wire with the length that was announced
  const plain = Object.assign(unpack(), { receivedEncodedLength: 0 });
  payload.on("data", (chunk: Buffer) => {
    plain.receivedEncodedLength += chunk.length;
  });
  return payload.pipe(plain);
}

const unpackers: Partial<Record<string, () => Gunzip | Inflate>> = {
  gzip: createGunzip,
  deflate: createInflate,
};

function addErrors(app: FastifyInstance, log: RequestLog, report: AppOptions["report"]): void {
  app.setErrorHandler<FastifyError | Refusal>(async (error, request, reply) => {
    const shape = request.routeOptions.config.errors ?? "errors";
    if (error instanceof Refusal) {
      if (error.status === 501) {
        await log.refuse(request);
      }
      return reply.code(error.status).send(errorBody(shape, error.status, error.errors));
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      report(`${request.method} ${withoutKeys(request.url)}: ${error.message}`);
    }
    return reply.code(status).send(errorBody(shape, status, [sentence(error, request)]));
  });
}

function sentence(error: FastifyError, request: FastifyRequest): string {
  return error.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE"
    ? `Unsupported Media Type ${JSON.stringify(request.headers["content-type"] ?? "")}: send application/json`
    : error.message;
}

declare module "fastify" {
  interface FastifyContextConfig {
    errors?: Route["errors"];
    isCompressible?: boolean;
  }
}

function addRoute(
  app: FastifyInstance,
  route: Route,
  options: AppOptions & { readonly held: HeldAnswers },
): void {
  const { method, path: url, errors, compressed } = route;
  app.route({
    method,
    url,
    ...(compressed && { bodyLimit: compressed.bytes }),
    config: { ...(errors && { errors }), isCompressible: compressed !== undefined },
    onRequest: (request, _reply, done) => {
      if (!hasKeys(request.headers, route.keys ?? "both")) {
        throw new Refusal(403, "Forbidden");
      }
      done();
    },
    handler: async (request, reply) => {
      const answer = await answerOf(route, readCall(route, request, options.clock()), options);
      await options.held.wait(`${method} ${url}`);
      return reply
        .code(answer.status ?? 200)
        .headers(answer.headers ?? {})
        .send(answer.body);
    },
  });
}

async function answerOf(
  route: Route,
  call: Call,
  { store, service }: Pick<AppOptions, "store" | "service">,
): Promise<Answer> {
  const { run } = route;
  if (run === undefined) {
    return route.serve(service, call, store.current());
  }
  return route.method === "GET"
    ? run(store.current(), call)
    : await store.transact((state) => {
        const result = run(state, call);
        return { state: result.state ?? state, result };
      });
}

function readCall(route: Route, request: FastifyRequest, now: Date): Call {
  const query = request.query as Record<string, string>;
  const odd = Object.keys(query).find((name) => route.query?.includes(name) !== true);
  if (odd !== undefined) {
    throw new Refusal(
      501,
      `the Datadog stand-in of the sandbox does not know the query parameter "${odd}" of ${route.method} ${route.path}`,
    );
  }
  if (route.body !== undefined) {
    const { version, type } = route.body;
    const problems = problemsOf(version, type, request.body).filter(
      ({ path, got }) => route.tolerates?.test(`${path} is ${got}`) !== true,
    );
    if (problems.length > 0) {
      throw new Refusal(400, problems.map(problemText));
    }
  }
  const { params, body, headers } = request;
  return { params: params as Record<string, string>, query, body, headers, now };
}
