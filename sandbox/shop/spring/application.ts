import { millis } from "../clock.ts";
import type { JavaThrowable } from "../formats/java-throwable.ts";
import { loggedTrace, rootCause, stackTrace } from "../formats/java-throwable.ts";
import type { SpringLevel, SpringTrace } from "../formats/spring-boot.ts";
import { springLine } from "../formats/spring-boot.ts";
import type { Handler, HttpRequest, HttpResponse } from "../../http/message.ts";
import { statusText } from "../../http/message.ts";
import { hexId } from "../pod/identity.ts";
import type { Json } from "../json.ts";
import { parseJson } from "../json.ts";
import type { Service, ServiceDeps } from "../services/service.ts";
import { flag } from "../services/service.ts";

export type LogAt = (level: SpringLevel, logger: string, message: string) => void;

/** One request on one of Tomcat's threads. */
export interface Exchange {
  readonly request: HttpRequest;
  /** Groups of the route's pattern, decoded. */
  readonly params: readonly string[];
  readonly trace: SpringTrace;
  readonly log: LogAt;
  /** The same request on a thread of an executor: same trace, span of its own. */
  readonly fork: (thread: string) => { readonly trace: SpringTrace; readonly log: LogAt };
}

export interface SpringRoute {
  readonly method: string;
  readonly path: RegExp;
  /** Refuses bodies of another type with 415. */
  readonly consumesJson?: true;
  /** Answers a request of no type and no body, which another controller takes. @default - a 415 */
  readonly whenUntyped?: () => HttpResponse;
  readonly run: (exchange: Exchange) => HttpResponse | Promise<HttpResponse>;
}

/** An exception that Spring turns into an error body. */
export class SpringError extends Error {
  override readonly name = "SpringError";
  readonly status: number;
  readonly exception: string;
  /** Present where nobody handles it: Tomcat then logs it with its root cause. */
  readonly unhandled: JavaThrowable | undefined;

  constructor(status: number, exception: string, message: string, unhandled?: JavaThrowable) {
    super(message);
    this.status = status;
    this.exception = exception;
    this.unhandled = unhandled;
  }
}

export interface SpringArgs {
  readonly name: string;
  /** Whether Sleuth is in it. @default true */
  readonly sleuth?: boolean;
  readonly mainClass: string;
  readonly defaultPort: string;
  readonly routes: readonly SpringRoute[];
  /** Errors that Spring Data REST, where it is in the program, sends as HAL. @default - none */
  readonly halErrors?: "all" | "unmapped";
}

const TOMCAT = "org.apache.catalina.core.ContainerBase.[Tomcat].[localhost].[/]";
const DISPATCHER = "org.springframework.web.servlet.DispatcherServlet";

/** A Spring Boot 1.4 program with Sleuth 1.1: routing, error bodies, log lines. */
export function springApplication(deps: ServiceDeps, args: SpringArgs): Service {
  const port = springPort(deps, args.defaultPort);
  let requests = 0;
  const logAs =
    (thread: string, trace?: SpringTrace): LogAt =>
    (level, logger, message) => {
      const nanos = deps.clock.nanos();
      const application = args.sleuth === false ? undefined : args.name;
      const line = { nanos, level, application, trace, thread, logger, message };
      deps.log("stdout", springLine(line));
    };

  const handle: Handler = async (request) => {
    // Tomcat starts with ten threads and hands requests to them in turn.
    const thread = `http-nio-${port}-exec-${(requests % 10) + 1}`;
    requests += 1;
    const outside = logAs(thread);
    if (requests === 1) logFirstRequest(outside);
    const trace = traceOf(request, deps);
    const fork = (executor: string) => {
      const forked = { traceId: trace.traceId, spanId: hexId(deps.random, 8) };
      return { trace: forked, log: logAs(executor, forked) };
    };
    try {
      return await dispatch(args.routes, { request, trace, fork, log: logAs(thread, trace) });
    } catch (error) {
      if (!(error instanceof SpringError)) throw error;
      if (error.unhandled !== undefined) {
        logUnhandled(outside, error.unhandled, deps.image.family === "weave");
      }
      return errorBody(error, request.path, {
        timestamp: millis(deps.clock),
        isHal: args.halErrors === "all" || (args.halErrors === "unmapped" && error.status === 404),
      });
    }
  };

  return {
    containerPort: Number(port),
    handle,
    start: () => {
      logStart(deps, logAs("main"), { ...args, port });
    },
  };
}

/** `--port=` wins over the environment; both win over what the image's entrypoint says. */
function springPort({ args, env, image }: ServiceDeps, defaultPort: string): string {
  const entrypointPort = image.family === "weave" || image.statusFix ? "80" : defaultPort;
  return flag(args, "port") ?? env["port"] ?? env["PORT"] ?? entrypointPort;
}

function traceOf({ headers }: HttpRequest, { random }: ServiceDeps): SpringTrace {
  const incoming = headers["x-b3-traceid"];
  const own = hexId(random, 8);
  return { traceId: typeof incoming === "string" ? incoming : own, spanId: hexId(random, 8) };
}

async function dispatch(
  routes: readonly SpringRoute[],
  exchange: Omit<Exchange, "params">,
): Promise<HttpResponse> {
  const { method, path, headers } = exchange.request;
  const fitting = routes.filter((route) => route.path.test(path));
  const route = fitting.find((candidate) => candidate.method === method);
  if (route === undefined) throw noRoute(method, fitting.length > 0);
  const type = headers["content-type"] ?? "";
  if (type === "" && exchange.request.body === "" && route.whenUntyped) return route.whenUntyped();
  if (route.consumesJson && !/^application\/([\w.-]+\+)?json/i.test(type)) {
    throw unsupportedType(type);
  }
  const groups = (route.path.exec(path) ?? []).slice(1);
  return await route.run({ ...exchange, params: groups.map(decoded) });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function noRoute(method: string, pathKnown: boolean): SpringError {
  if (!pathKnown) return new SpringError(404, "", "No message available");
  const exception = "org.springframework.web.HttpRequestMethodNotSupportedException";
  return new SpringError(405, exception, `Request method '${method}' not supported`);
}

function unsupportedType(type: string): SpringError {
  const exception = "org.springframework.web.HttpMediaTypeNotSupportedException";
  return new SpringError(415, exception, `Content type '${type}' not supported`);
}

/** The body as Jackson reads it; malformed text is a 400. */
export function requestJson({ body }: HttpRequest): Json {
  const value = parseJson(body);
  if (value !== undefined) return value;
  const exception = "org.springframework.http.converter.HttpMessageNotReadableException";
  const reason =
    body.trim() === ""
      ? "Required request body is missing"
      : "Could not read document: Unexpected character or end of input";
  throw new SpringError(400, exception, reason);
}

/** Spring Boot 1.4's error document: the timestamp is a number. */
function errorBody(
  error: SpringError,
  path: string,
  { timestamp, isHal }: { readonly timestamp: number; readonly isHal: boolean },
): HttpResponse {
  const { status, exception, message } = error;
  return {
    status,
    headers: { "content-type": `application/${isHal ? "hal+json" : "json"};charset=UTF-8` },
    body: JSON.stringify({
      timestamp,
      status,
      error: statusText(status),
      ...(exception === "" ? {} : { exception }),
      message,
      path,
    }),
  };
}

function logFirstRequest(log: LogAt): void {
  log("INFO", TOMCAT, "Initializing Spring FrameworkServlet 'dispatcherServlet'");
  log("INFO", DISPATCHER, "FrameworkServlet 'dispatcherServlet': initialization started");
  log(
    "INFO",
    DISPATCHER,
    "FrameworkServlet 'dispatcherServlet': initialization completed in 31 ms",
  );
}

/** The trace is closed by then: the line has an empty MDC. The stack comes after an empty line. */
function logUnhandled(log: LogAt, throwable: JavaThrowable, showsJars: boolean): void {
  const trace = (showsJars ? loggedTrace : stackTrace)(rootCause(throwable));
  const nested = `${throwable.className}: ${throwable.message ?? "null"}`;
  log(
    "ERROR",
    `${TOMCAT}.[dispatcherServlet]`,
    "Servlet.service() for servlet [dispatcherServlet] in context with path [] threw exception " +
      `[Request processing failed; nested exception is ${nested}] with root cause\n\n` +
      `${trace}\n`,
  );
}

function logStart(
  deps: ServiceDeps,
  log: LogAt,
  { mainClass, port }: SpringArgs & { port: string },
): void {
  const simple = mainClass.split(".").at(-1) ?? mainClass;
  deps.log("stdout", "\n :: Spring Boot ::        (v1.4.4.RELEASE)\n");
  log("INFO", mainClass, "No active profile set, falling back to default profiles: default");
  log(
    "INFO",
    "org.springframework.boot.context.embedded.tomcat.TomcatEmbeddedServletContainer",
    `Tomcat started on port(s): ${port} (http)`,
  );
  log("INFO", mainClass, `Started ${simple} in 0.2 seconds (JVM running for 0.3)`);
}
