import { endpointServer } from "../../gokit/endpoint.ts";
import { goFlags } from "../../gokit/flags.ts";
import { GoError } from "../../gokit/go-error.ts";
import { goFloat32, goObject, goUnmarshal } from "../../gokit/json.ts";
import { createKitLog, healthClock, kitError, kitJson } from "../../gokit/kit.ts";
import { goRouter, type RouterOptions } from "../../gokit/router.ts";
import type { HttpRequest, HttpResponse } from "../../../http/message.ts";
import { hexId } from "../../pod/identity.ts";
import type { Service, ServiceDeps } from "../service.ts";
import { authorise } from "./authorise.ts";

const JSON_TYPE = "application/json; charset=utf-8";

/** The payment service: a Go program that authorises up to a limit and keeps nothing. */
export function createPayment(deps: ServiceDeps): Service {
  const { clock, random, record } = deps;
  const weave = deps.image.family === "weave";
  const flags = goFlags(deps.args, { port: "8080", zipkin: "", decline: weave ? "100" : "105" });
  const port = flags["port"] ?? "";
  const limit = Math.fround(Number(flags["decline"]));
  const log = createKitLog(clock, deps.log, weave);
  const serve = endpointServer(clock, log);
  const healthTime = healthClock(clock, !weave);

  const paymentAuth = async (request: HttpRequest): Promise<HttpResponse> => {
    let amount: number;
    try {
      amount = requestedAmount(request.body);
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      log("server.go:110", { err: error.message });
      return kitError(error.status, error.message);
    }
    return await serve({
      method: "Authorise",
      caller: "logging.go:25",
      run: () => authorise(amount, limit),
      fields: (decision) => ({ result: decision?.authorised ?? false }),
      respond: (decision) => {
        if ("error" in decision) return kitError(500, decision.error);
        const { authorised, message } = decision;
        const trace = traceOf(request) ?? hexId(random, 8);
        record({ kind: "payment-decided", trace, authorised });
        return kitJson(JSON_TYPE, { authorised, message });
      },
    });
  };

  const health = (): Promise<HttpResponse> =>
    serve({
      method: "Health",
      caller: "logging.go:36",
      run: () => [{ service: "payment", status: "OK", time: healthTime() }],
      fields: (entries) => ({ result: entries?.length ?? 0 }),
      respond: (entries) => kitJson(JSON_TYPE, { health: entries }),
    });

  return {
    containerPort: Number(port),
    handle: goRouter(
      [
        { method: "POST", path: "/paymentAuth", handle: paymentAuth },
        { method: "GET", path: "/health", handle: health },
      ],
      routerOptions(weave),
    ),
    start: () => {
      log("main.go:95", { transport: "HTTP", port });
    },
    stop: () => {
      log("main.go:107", { exit: "terminated" });
    },
  };
}

function routerOptions(weave: boolean): RouterOptions {
  return weave
    ? { metricName: "request_duration_seconds", wrongMethod: 404 }
    : { metricName: "http_request_duration_seconds", wrongMethod: 405 };
}

/** Sleuth's header, which orders sends; a call by hand has none and is a request of its own. */
function traceOf(request: HttpRequest): string | undefined {
  const header = request.headers["x-b3-traceid"];
  return typeof header === "string" ? header : undefined;
}

/** The real service quotes the whole request, card included, where the amount is missing. */
function requestedAmount(body: string): number {
  const request = goObject(goUnmarshal(body), "payment.AuthoriseRequest");
  const amount = goFloat32(request, "amount", "AuthoriseRequest");
  if (amount !== 0) return amount;
  throw new GoError(`Cannot unmarshal object key "amount" from JSON: ${body}`);
}
