import { endpointServer } from "../../gokit/endpoint.ts";
import { goFlags } from "../../gokit/flags.ts";
import { GoError } from "../../gokit/go-error.ts";
import type { HealthEntry } from "../../gokit/kit.ts";
import { createKitLog, healthClock, kitJson } from "../../gokit/kit.ts";
import { goRouter } from "../../gokit/router.ts";
import { sleep } from "../../clock.ts";
import type { Service, ServiceDeps } from "../service.ts";
import { attributeRoutes } from "./attribute-routes.ts";
import type { UserService } from "./context.ts";
import { HAL_TYPE } from "./context.ts";
import { customerRoutes } from "./customer-routes.ts";
import { createDumps } from "./dumps.ts";

/** mgo tries to reach the database this often, and gives a dial up after ten tries. */
const TRY_MS = 500;
const TRIES_PER_DIAL = 10;

/** The user service: a Go program in front of a MongoDB. */
export function createUser(deps: ServiceDeps): Service {
  const { clock } = deps;
  const { port, host, domain } = userFlags(deps);
  const quay = deps.image.family === "quay";
  const log = createKitLog(clock, deps.log);
  const service: UserService = {
    deps,
    serve: endpointServer(clock, log),
    log,
    domain,
    dumps: quay ? createDumps(deps.log) : undefined,
    database: () => {
      try {
        return deps.connect("user-db", host);
      } catch {
        throw new GoError("no reachable servers");
      }
    },
  };

  return {
    containerPort: Number(port),
    boot: (stopped) => untilConnected(service, stopped),
    handle: goRouter(
      [
        ...customerRoutes(service),
        ...attributeRoutes(service),
        { method: "GET", path: "/health*", handle: healthEndpoint(service, quay) },
      ],
      {
        metricName: "http_request_duration_seconds",
        wrongMethod: quay ? 405 : 404,
      },
    ),
    start: () => {
      log("main.go:189", { transport: "HTTP", port });
    },
    stop: () => {
      log("main.go:200", { exit: "terminated" });
    },
  };
}

function userFlags({ args, env }: ServiceDeps) {
  const flags = goFlags(args, {
    port: "8084",
    zipkin: "",
    "mongo-host": env["MONGO_HOST"] ?? "",
    "mongo-user": env["MONGO_USER"] ?? "",
    "mongo-password": env["MONGO_PASS"] ?? "",
    database: env["USER_DATABASE"] ?? "",
    "link-domain": env["HATEAOS"] ?? "",
  });
  const [host = ""] = (flags["mongo-host"] ?? "").split(":");
  return { host, port: flags["port"] ?? "", domain: flags["link-domain"] ?? "" };
}

/** The real program opens no port before it has reached its database. */
async function untilConnected(service: UserService, stopped: AbortSignal): Promise<void> {
  const { clock, log } = service.deps;
  for (let tries = 1; !stopped.aborted; tries += 1) {
    try {
      service.database();
      return;
    } catch (error) {
      if (tries % TRIES_PER_DIAL === 0) {
        const now = new Date(Number(clock.nanos() / 1_000_000n)).toISOString();
        const stamp = now.slice(0, 19).replaceAll("-", "/").replace("T", " ");
        log("stderr", `${stamp} ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    await sleep(clock, TRY_MS, stopped);
  }
}

function healthEndpoint({ serve, database, deps }: UserService, showsUptime: boolean) {
  const healthTime = healthClock(deps.clock, showsUptime);
  const databaseStatus = (): HealthEntry["status"] => {
    try {
      database();
      return "OK";
    } catch {
      return "err";
    }
  };
  return () =>
    serve({
      method: "Health",
      caller: "middlewares.go:153",
      run: (): readonly HealthEntry[] => [
        { service: "user", status: "OK", time: healthTime() },
        { service: "user-db", status: databaseStatus(), time: healthTime() },
      ],
      fields: (entries) => ({ result: entries?.length ?? 0 }),
      respond: (entries) => kitJson(HAL_TYPE, { health: entries }),
    });
}
