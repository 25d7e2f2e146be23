import type { CircuitBreaker } from "../../gokit/circuit-breaker.ts";
import { circuitBreaker } from "../../gokit/circuit-breaker.ts";
import { dialError } from "../../gokit/dial-error.ts";
import type { ServeEndpoint } from "../../gokit/endpoint.ts";
import { endpointServer } from "../../gokit/endpoint.ts";
import { goFlags } from "../../gokit/flags.ts";
import { GoError } from "../../gokit/go-error.ts";
import type { HealthEntry, KitLog } from "../../gokit/kit.ts";
import { createKitLog, healthClock, kitJson } from "../../gokit/kit.ts";
import { goRouter } from "../../gokit/router.ts";
import type { HttpRequest, HttpResponse } from "../../../http/message.ts";
import type { CatalogueStore } from "../../stores/catalogue-db.ts";
import type { Service, ServiceDeps } from "../service.ts";
import { parseDsn } from "./dsn.ts";
import { cutsOff, listQuery, listSocks, sockBody, tagsOf, withTags } from "./listing.ts";
import { pictureOf } from "./picture.ts";

const JSON_TYPE = "application/json; charset=utf-8";

/** The catalogue service: a Go program in front of a MySQL database. */
export function createCatalogue(deps: ServiceDeps): Service {
  const { clock } = deps;
  const { port = "", DSN: dsn = "" } = goFlags(deps.args, {
    port: "80",
    zipkin: "",
    images: "./images/",
    DSN: "catalogue_user:default_password@tcp(catalogue-db:3306)/socksdb",
  });
  const weave = deps.image.family === "weave";
  const log = createKitLog(clock, deps.log, weave);
  const catalogue: Catalogue = {
    serve: endpointServer(clock, log, weave ? "Do: " : ""),
    log,
    database: () => openDatabase(deps, dsn),
    breaker: () => circuitBreaker(clock),
    healthTime: healthClock(clock, deps.image.family === "quay"),
  };

  return {
    containerPort: Number(port),
    handle: goRouter(
      [
        { method: "GET", path: "/catalogue", handle: listEndpoint(catalogue) },
        { method: "GET", path: "/catalogue/size", handle: countEndpoint(catalogue) },
        {
          method: "GET",
          path: "/catalogue/images/*",
          handle: (request) =>
            pictureOf(
              query(catalogue, "", (db) => db.socks),
              request.path,
            ),
        },
        { method: "GET", path: "/catalogue/*", handle: getEndpoint(catalogue) },
        { method: "GET", path: "/tags", handle: tagsEndpoint(catalogue) },
        { method: "GET", path: "/health*", handle: healthEndpoint(catalogue) },
      ],
      {
        metricName: "http_request_duration_seconds",
        wrongMethod: weave ? 404 : 405,
      },
    ),
    start: () => {
      try {
        catalogue.database();
      } catch {
        // The real program prints its whole DSN here, password included, and goes on.
        log("main.go:106", { Error: "Unable to connect to Database", DSN: dsn });
      }
      log("main.go:147", { transport: "HTTP", port });
    },
    stop: () => {
      log("main.go:158", { exit: "terminated" });
    },
  };
}

interface Catalogue {
  readonly serve: ServeEndpoint;
  readonly log: KitLog;
  readonly database: () => CatalogueStore;
  readonly breaker: () => CircuitBreaker;
  readonly healthTime: () => string;
}

type Respond = (request: HttpRequest) => Promise<HttpResponse>;

function openDatabase(deps: ServiceDeps, dsn: string): CatalogueStore {
  const { user, password, host } = parseDsn(dsn);
  const store = deps.connect("catalogue-db", host);
  if (store.admits(user, password)) return store;
  throw new Error(`Error 1045: Access denied for user '${user}'@'%' (using password: YES)`);
}

/** Runs a query; where the database fails, its reason goes to the log and `shown` to the caller. */
function query<T>(
  { database, log }: Catalogue,
  shown: string,
  run: (store: CatalogueStore) => T,
): T {
  try {
    return run(database());
  } catch (error) {
    log("service.go:93", { databaseerror: dialError(error) });
    throw new GoError(shown, shown === "not found" ? 404 : 500);
  }
}

const noDatabase = "database connection error";

function listEndpoint(catalogue: Catalogue): Respond {
  const breaker = catalogue.breaker();
  return (request) => {
    const wanted = listQuery(request.query);
    return catalogue.serve({
      method: "List",
      caller: "logging.go:27",
      breaker,
      run: () => query(catalogue, noDatabase, (store) => listSocks(store.socks, wanted)),
      fields: (socks, err) => ({
        tags: wanted.tags.join(", "),
        order: wanted.order,
        pageNum: wanted.page,
        pageSize: wanted.size,
        result: socks?.length ?? 0,
        err,
      }),
      respond: (socks) => {
        const { socks: all } = catalogue.database();
        const isCut = cutsOff(wanted, withTags(all, wanted.tags).length);
        return isCut ? { status: 500, abort: true } : kitJson(JSON_TYPE, socks.map(sockBody));
      },
    });
  };
}

function countEndpoint(catalogue: Catalogue): Respond {
  const breaker = catalogue.breaker();
  return (request) => {
    const tags = tagsOf(request.query);
    return catalogue.serve({
      method: "Count",
      caller: "logging.go:42",
      breaker,
      run: () => query(catalogue, noDatabase, (store) => withTags(store.socks, tags).length),
      fields: (count, err) => ({ tags: tags.join(", "), result: count ?? 0, err }),
      respond: (count) => kitJson(JSON_TYPE, { size: count, err: null }),
    });
  };
}

function getEndpoint(catalogue: Catalogue): Respond {
  const breaker = catalogue.breaker();
  return (request) => {
    const id = request.path.slice("/catalogue/".length);
    return catalogue.serve({
      method: "Get",
      caller: "logging.go:56",
      breaker,
      run: () =>
        query(catalogue, "not found", (store) => {
          const sock = store.socks.find((candidate) => candidate.id === id);
          if (sock === undefined) throw new Error("sql: no rows in result set");
          return sock;
        }),
      fields: (sock, err) => ({ id, sock: sock?.id ?? "", err }),
      respond: (sock) => kitJson(JSON_TYPE, sockBody(sock)),
    });
  };
}

function tagsEndpoint(catalogue: Catalogue): Respond {
  const breaker = catalogue.breaker();
  return () =>
    catalogue.serve({
      method: "Tags",
      caller: "logging.go:68",
      breaker,
      run: () => query(catalogue, noDatabase, (store) => store.tags),
      fields: (tags, err) => ({ result: tags?.length ?? 0, err }),
      respond: (tags) => kitJson(JSON_TYPE, { tags, err: null }),
    });
}

function healthEndpoint({ serve, database, healthTime }: Catalogue): Respond {
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
      caller: "logging.go:81",
      run: (): readonly HealthEntry[] => [
        { service: "catalogue", status: "OK", time: healthTime() },
        { service: "catalogue-db", status: databaseStatus(), time: healthTime() },
      ],
      fields: (entries) => ({ result: entries?.length ?? 0 }),
      respond: (entries) => kitJson(JSON_TYPE, { health: entries }),
    });
}
