import type { ErrorShape, Handler } from "./answer.ts";
import type { ApiVersion } from "./models.ts";
import * as dashboards from "./routes/dashboards.ts";
import * as monitors from "./routes/monitors.ts";
import { validateApiKey, validateBothKeys } from "./routes/validate.ts";

/** One endpoint of the Datadog API that the stand-in answers. */
export interface Route {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  run: Handler;
  /** How far it imitates Datadog; a line of the table in sandbox/README.md. */
  imitates: string;
  /** The keys Datadog asks for here; both where not said. */
  keys?: "api";
  /** The model of the official client that the body must fit. */
  body?: { version: ApiVersion; model: string };
  /** The query parameters that are understood; any other is refused. */
  query?: readonly string[];
  /** How this endpoint writes its errors, `errors` where not said. */
  errors?: ErrorShape;
}

const v1 = (model: string) => ({ version: "v1", model }) as const;

const validation: Route[] = [
  {
    method: "GET",
    path: "/api/v1/validate",
    keys: "api",
    run: validateApiKey,
    imitates: "any API key is valid",
  },
  {
    method: "GET",
    path: "/api/v2/validate_keys",
    run: validateBothKeys,
    imitates: "any pair of keys, or a bearer token, is valid",
  },
];

const monitorRoutes: Route[] = [
  {
    method: "POST",
    path: "/api/v1/monitor",
    body: v1("Monitor"),
    run: monitors.createMonitor,
    imitates: "body, query grammar, thresholds and members; never evaluated: state No Data",
  },
  {
    method: "GET",
    path: "/api/v1/monitor",
    query: ["name", "monitor_tags", "page", "page_size", "with_assets"],
    run: monitors.listMonitors,
    imitates: "by name, monitor tags and page",
  },
  {
    method: "POST",
    path: "/api/v1/monitor/validate",
    body: v1("Monitor"),
    run: monitors.validateMonitor,
    imitates: "the checks of creation",
  },
  {
    method: "GET",
    path: "/api/v1/monitor/can_delete",
    query: ["monitor_ids"],
    run: monitors.canDeleteMonitors,
    imitates: "references by composites and SLOs",
  },
  {
    method: "GET",
    path: "/api/v1/monitor/:id",
    query: ["with_assets", "with_restricted_roles"],
    run: monitors.getMonitor,
    imitates: "as declared, with Datadog's defaults",
  },
  {
    method: "PUT",
    path: "/api/v1/monitor/:id",
    body: v1("MonitorUpdateRequest"),
    run: monitors.updateMonitor,
    imitates: "the checks of creation; the type cannot change",
  },
  {
    method: "DELETE",
    path: "/api/v1/monitor/:id",
    query: ["force"],
    run: monitors.deleteMonitor,
    imitates: "refused while composites or SLOs refer to it, unless forced",
  },
  {
    method: "POST",
    path: "/api/v1/monitor/:id/validate",
    body: v1("Monitor"),
    run: monitors.validateExistingMonitor,
    imitates: "the checks of an update",
  },
];

const dashboardRoutes: Route[] = [
  {
    method: "POST",
    path: "/api/v1/dashboard",
    body: v1("Dashboard"),
    run: dashboards.createDashboard,
    imitates: "every widget's model; nothing is drawn; readable at once",
  },
  {
    method: "GET",
    path: "/api/v1/dashboard",
    run: dashboards.listDashboards,
    imitates: "summaries of all",
  },
  {
    method: "GET",
    path: "/api/v1/dashboard/:id",
    run: dashboards.getDashboard,
    imitates: "as declared, with ids, address, author and times",
  },
  {
    method: "PUT",
    path: "/api/v1/dashboard/:id",
    body: v1("Dashboard"),
    run: dashboards.updateDashboard,
    imitates: "replaces the board",
  },
  {
    method: "DELETE",
    path: "/api/v1/dashboard/:id",
    run: dashboards.deleteDashboard,
    imitates: "at once and for good",
  },
];

/** Every path of the Datadog API that the stand-in answers; any other is refused and recorded. */
export const routes: readonly Route[] = [...validation, ...monitorRoutes, ...dashboardRoutes];
