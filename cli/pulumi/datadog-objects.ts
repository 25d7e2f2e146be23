import type { DatadogAccess } from "../datadog/account.ts";
import { requestDatadog } from "../datadog/request.ts";
import type { PendingCreation } from "./pending-operations.ts";

type Inputs = PendingCreation["inputs"];

/** An object of the Datadog API, as far as it is known by something else than its id. */
interface Listed {
  readonly id: string;
  readonly key: string;
}

/** How the objects of a type are listed, and by what a declared one is told from the others. */
interface Kind {
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly scope: string;
  readonly list: (body: unknown) => readonly Listed[];
  readonly key: (inputs: Inputs) => string | undefined;
}

const kinds: Readonly<Record<string, Kind>> = {
  "datadog:index/logsMetric:LogsMetric": {
    path: "api/v2/logs/config/metrics",
    scope: "logs_read_config",
    list: (body) => dataOf(body).map(({ id }) => ({ id: String(id), key: String(id) })),
    key: ({ name }) => textOf(name),
  },
  "datadog:index/logsCustomPipeline:LogsCustomPipeline": {
    path: "api/v1/logs/config/pipelines",
    scope: "logs_read_config",
    list: (body) => named(Array.isArray(body) ? body : [], "name"),
    key: ({ name }) => textOf(name),
  },
  "datadog:index/serviceLevelObjective:ServiceLevelObjective": {
    path: "api/v1/slo",
    scope: "slos_read",
    list: (body) => named(dataOf(body), "name"),
    key: ({ name }) => textOf(name),
  },
  "datadog:index/dashboardJson:DashboardJson": {
    path: "api/v1/dashboard",
    scope: "dashboards_read",
    list: (body) => named(listIn(body, "dashboards"), "title"),
    key: ({ dashboard }) => titleOf(dashboard),
  },
  "datadog:index/softwareCatalog:SoftwareCatalog": {
    path: "api/v2/catalog/entity",
    scope: "apm_service_catalog_read",
    list: (body) =>
      dataOf(body).flatMap(({ attributes }) => {
        const { kind, namespace, name } = recordOf(attributes);
        const key = entityKey(kind, namespace, name);
        // The provider's id of an entity is its reference.
        return key === undefined ? [] : [{ id: key, key }];
      }),
    key: ({ entity }) => {
      const { kind, metadata } = parsed(entity);
      const { namespace, name } = recordOf(metadata);
      return entityKey(kind, namespace, name);
    },
  },
  "datadog:index/downtimeSchedule:DowntimeSchedule": {
    path: "api/v2/downtime",
    parameters: { "page[limit]": "100" },
    scope: "monitors_downtime",
    list: (body) =>
      dataOf(body)
        .map(({ id, attributes }) => ({ id: String(id), ...(attributes as object | undefined) }))
        .filter((downtime: Readonly<Record<string, unknown>>) => downtime["status"] !== "canceled")
        .map((downtime: Readonly<Record<string, unknown>>) => {
          const { monitor_id: id, monitor_tags: tags } = recordOf(downtime["monitor_identifier"]);
          return { id: String(downtime["id"]), key: downtimeKey(downtime["scope"], id, tags) };
        }),
    key: ({ scope, monitorIdentifier }) => {
      const { monitorId, monitorTags } = recordOf(monitorIdentifier);
      return typeof scope === "string" ? downtimeKey(scope, monitorId, monitorTags) : undefined;
    },
  },
};

/**
 * The object that a creation made in Datadog, by what people know it by.
 *
 * @param knownIds ids that the state holds: an object of another resource is never taken
 * @returns undefined where there is none, or the type has no such key
 * @throws Failure if the API does not answer or refuses
 */
export async function findDatadogObject(
  access: DatadogAccess,
  { type, inputs }: PendingCreation,
  knownIds: ReadonlySet<string>,
): Promise<string | undefined> {
  const kind = kinds[type];
  const wanted = kind?.key(inputs);
  if (kind === undefined || wanted === undefined) return undefined;
  const { list, path, scope, parameters = {} } = kind;
  const body = await requestDatadog(access, {
    what: `the list at ${path}`,
    path,
    scope,
    parameters,
  });
  return list(body).find(({ id, key }) => key === wanted && !knownIds.has(id))?.id;
}

/** Whether objects of that type can be found again. */
export function canBeFound(type: string): boolean {
  return Object.hasOwn(kinds, type);
}

function named(objects: readonly unknown[], field: string): Listed[] {
  return objects.map(recordOf).flatMap((object) => {
    const key = textOf(object[field]);
    return key === undefined ? [] : [{ id: String(object["id"]), key }];
  });
}

function dataOf(body: unknown): Readonly<Record<string, unknown>>[] {
  return listIn(body, "data").map(recordOf);
}

function listIn(body: unknown, field: string): readonly unknown[] {
  const list = recordOf(body)[field];
  return Array.isArray(list) ? list : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The declared JSON of a dashboard is a text, and has its title in it. */
function titleOf(dashboard: unknown): string | undefined {
  return textOf(parsed(dashboard)["title"]);
}

/** The object in a text that is JSON; empty for any other. */
function parsed(text: unknown): Readonly<Record<string, unknown>> {
  try {
    return recordOf(JSON.parse(textOf(text) ?? ""));
  } catch {
    return {};
  }
}

function entityKey(kind: unknown, namespace: unknown, name: unknown): string | undefined {
  const names = [kind, namespace ?? "default", name].map(textOf);
  const [first, second, third] = names;
  return names.includes(undefined) ? undefined : `${first}:${second}/${third}`;
}

function downtimeKey(scope: unknown, monitorId: unknown, tags: unknown): string {
  const sorted = Array.isArray(tags) ? tags.map(String).sort() : [];
  return JSON.stringify([scope, monitorId === undefined ? null : Number(monitorId), sorted]);
}
