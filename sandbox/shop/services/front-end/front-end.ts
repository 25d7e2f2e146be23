import type { Answer } from "../../express/answer.ts";
import { errorAnswer, notFound, sent } from "../../express/answer.ts";
import { parseCookies } from "../../express/cookies.ts";
import { morganLine } from "../../formats/morgan.ts";
import { createRequestMetric } from "../../gokit/kit.ts";
import type { HttpRequest, HttpResponse } from "../../../http/message.ts";
import type { Json } from "../../json.ts";
import { parseJson } from "../../json.ts";
import type { Service, ServiceDeps } from "../service.ts";
import { ProcessExit } from "../service.ts";
import { accountRoutes } from "./account-routes.ts";
import { cartRoutes } from "./cart-routes.ts";
import { catalogueRoutes } from "./catalogue-routes.ts";
import { customerRoutes } from "./customer-routes.ts";
import { orderRoutes } from "./order-routes.ts";
import { sessionOpener } from "./sessions.ts";
import { staticPage } from "./static-page.ts";
import type { ExpressRoute, Visit } from "./visit.ts";

/** body-parser's default limit for JSON, in bytes. */
const BODY_LIMIT = 102_400;

const routes: readonly ExpressRoute[] = [
  ...cartRoutes,
  ...catalogueRoutes,
  ...orderRoutes,
  ...customerRoutes,
  ...accountRoutes,
];

/** The front-end: an Express program that serves the page and calls everybody else. */
export function createFrontEnd(deps: ServiceDeps): Service {
  const { clock, env, log } = deps;
  const weave = deps.image.family === "weave";
  const redis = (env["SESSION_REDIS"] ?? "") !== "";
  const openSession = sessionOpener(deps, redis);
  const port = env["PORT"] ?? "8079";
  const metric = createRequestMetric("request_duration_seconds");

  /** Express runs these in this order: whatever comes first hides the rest. */
  const handle = async (request: HttpRequest): Promise<HttpResponse> => {
    const early = beforeSession(deps, request, () => metric.text());
    if (early !== undefined) return early;
    const begin = clock.nanos();
    const cookies = parseCookies(request.headers.cookie);
    const { session, setCookie } = openSession(cookies);
    const body = jsonBody(request);
    if (body === undefined) return withCookie(errorAnswer(bodyParserTrap(weave)), setCookie);

    const answer = await routed({ deps, request, body, cookies, session, params: [] });
    const took = Number(clock.nanos() - begin);
    metric.observe(request.path.split("/")[1] ?? "", took / 1e9);
    const isTimed = weave || answer.seenByMorgan;
    log("stdout", accessLine(request, answer, isTimed ? took / 1e6 : undefined));
    return withCookie(answer, setCookie);
  };

  return {
    containerPort: Number(port),
    handle,
    start: () => {
      log("stdout", "\n> microservices-demo-front-end@0.0.1 start\n> node server.js\n");
      log("stdout", `Using ${redis ? "the redis based" : "local"} session manager`);
      const mode = env["NODE_ENV"] ?? "development";
      log("stdout", `App now running in ${mode} mode on port ${port}`);
    },
  };
}

/** Trailing slashes, metrics and static files: they leave no access line and open no session. */
function beforeSession(
  deps: ServiceDeps,
  { method, url, path, headers }: HttpRequest,
  metrics: () => string,
): HttpResponse | undefined {
  if (url.endsWith("/") && url.length > 1) {
    const target = url.slice(0, -1);
    if (target.includes("//")) return sent(400, "invalid URL to redirect to");
    deps.log("stdout", "redirecting");
    const type = headers.accept?.includes("text/html") ? "text/html" : "text/plain";
    const answer = sent(301, `Moved Permanently. Redirecting to ${target}`, { location: target });
    return { ...answer, headers: { ...answer.headers, "content-type": `${type}; charset=utf-8` } };
  }
  if (path === "/metrics") {
    const type = "text/plain; charset=utf-8";
    return { status: 200, headers: { "content-type": type }, body: metrics() };
  }
  return method === "GET" || method === "HEAD" ? staticPage(path, deps.image.statusFix) : undefined;
}

/** What body-parser makes of the body: `{}` where it is no JSON request, undefined where it fails. */
function jsonBody({ headers, body, oversized }: HttpRequest): Json | undefined {
  if (!/^application\/json\b/i.test(headers["content-type"] ?? "")) return {};
  if (oversized || Buffer.byteLength(body) > BODY_LIMIT) return undefined;
  if (body === "") return {};
  return /^\s*[[{]/.test(body) ? parseJson(body) : undefined;
}

/**
 * What a malformed or too long body ends in. The error skips the cookie parser and lands in the
 * front-end's own session middleware, which reads the cookies that were never parsed.
 */
function bodyParserTrap(isOldNode: boolean): Error {
  return new TypeError(
    isOldNode
      ? "Cannot read property 'logged_in' of undefined"
      : "Cannot read properties of undefined (reading 'logged_in')",
  );
}

async function routed(visit: Visit): Promise<Answer> {
  const { method, path, url } = visit.request;
  const route = routes.find(
    (candidate) => candidate.method === method && candidate.path.test(path),
  );
  if (route === undefined) return otherMethod(method, path) ?? notFound(method, url);
  const params = (route.path.exec(path) ?? []).slice(1);
  try {
    return await route.run({ ...visit, params });
  } catch (error) {
    if (error instanceof ProcessExit || !(error instanceof Error)) throw error;
    return errorAnswer(error);
  }
}

/** Express answers OPTIONS of a known path by itself. */
function otherMethod(method: string, path: string): Answer | undefined {
  const known = routes.filter((candidate) => candidate.path.test(path));
  if (method !== "OPTIONS" || known.length === 0) return undefined;
  const methods = known.flatMap((route) =>
    route.method === "GET" ? ["GET", "HEAD"] : route.method,
  );
  const allow = [...new Set(methods)].join(",");
  return sent(200, allow, { allow });
}

function withCookie(answer: Answer, setCookie: string | undefined): HttpResponse {
  if (setCookie === undefined) return answer;
  const own = answer.headers?.["set-cookie"] ?? [];
  const cookies = [...(typeof own === "string" ? [own] : own), setCookie];
  return { ...answer, headers: { ...answer.headers, "set-cookie": cookies } };
}

function accessLine(
  { method, url }: HttpRequest,
  answer: Answer,
  tookMs: number | undefined,
): string {
  const length = answer.headers?.["content-length"];
  return morganLine({
    method,
    url,
    status: answer.status,
    tookMs,
    ...(answer.seenByMorgan && length !== undefined ? { length: Number(length) } : {}),
  });
}
