import { logsIn, logsOf, type Scope, whereOf } from "../datadog/queries.ts";
import { markerTag } from "../incident/marker/mark.ts";
import { catalogue, datadogService, type ServiceName } from "../shop/catalogue.ts";
import { shopCode, sourceCode } from "./source-code.ts";

/** An entity as schema v3 of Datadog's Software Catalog has it. */
export interface Entity {
  readonly apiVersion: "v3";
  readonly kind: "service" | "system";
  readonly metadata: {
    /** For a service, the value of the tag `service`: what carries the tag leads here. */
    readonly name: string;
    readonly displayName: string;

    /** Handle of the team, as in the tag `team`. */
    readonly owner: string;
    readonly tags: readonly string[];
    readonly links: readonly Link[];
  };
  readonly spec: {
    readonly type?: string;

    /** References such as `service:sock-shop-payment`. */
    readonly dependsOn?: readonly string[];
    readonly componentOf?: readonly string[];
    readonly components?: readonly string[];
  };
  readonly datadog: Readonly<Record<string, readonly object[]>>;
}

interface Link {
  readonly name: string;
  readonly type: "runbook" | "dashboard" | "repo" | "other";
  readonly url: string;
}

/** Pages that people open from an entity. */
export interface EntityLinks {
  /** Published runbook; absent when there is none. */
  readonly runbook?: string | undefined;

  /** Addresses of the dashboards by their titles. */
  readonly dashboards: Readonly<Record<string, string>>;

  /** The shop's own pages. */
  readonly shop: string;
}

const system = "sock-shop";
const owner = "sock-shop";

/** The system and all services of the catalogue, which alone says what calls what. */
export function entities(scope: Scope, links: EntityLinks): readonly Entity[] {
  return [systemEntity(scope, links), ...catalogue.map(({ name }) => service(name, scope, links))];
}

function systemEntity(scope: Scope, links: EntityLinks): Entity {
  const shop = logsIn(whereOf(scope));
  const pages: readonly Link[] = [
    ...commonLinks(links),
    { name: "Shop", type: "other", url: links.shop },
    { name: "Source code", type: "repo", url: shopCode },
  ];
  return {
    apiVersion: "v3",
    kind: "system",
    metadata: metadata(system, "Sock Shop", pages),
    spec: { components: catalogue.map(({ name }) => reference(name)) },
    datadog: {
      logs: [{ name: "All lines", query: shop }],
      events: [{ name: "Incidents entered and left", query: `${shop} ${markerTag}` }],
    },
  };
}

function service(name: ServiceName, scope: Scope, links: EntityLinks): Entity {
  const { tier, calls } = specOf(name);
  const code = sourceCode[name];
  const repo: readonly Link[] =
    code === undefined ? [] : [{ name: "Source code", type: "repo", url: code }];
  return {
    apiVersion: "v3",
    kind: "service",
    metadata: metadata(datadogService(name), name, [...commonLinks(links), ...repo]),
    spec: {
      type: types[tier],
      dependsOn: calls.map((callee) => reference(callee)),
      componentOf: [`system:${system}`],
    },
    datadog: {
      logs: [{ name: "All lines", query: logsOf(name, whereOf(scope)) }],
      ...(code !== undefined && { codeLocations: [{ repositoryURL: `${code}.git` }] }),
    },
  };
}

/** Words for what a service is; the schema takes any. */
const types = {
  web: "web",
  api: "rest",
  worker: "worker",
  database: "db",
  cache: "cache",
  broker: "queue",
} as const;

function specOf(name: ServiceName) {
  const found = catalogue.find((spec) => spec.name === name);
  if (found === undefined) throw new Error(`the catalogue has no ${name}`);
  return found;
}

function metadata(name: string, displayName: string, links: readonly Link[]): Entity["metadata"] {
  return { name, displayName, owner, tags: [`team:${owner}`, "managed-by:pulumi"], links };
}

function commonLinks({ runbook, dashboards }: EntityLinks): readonly Link[] {
  return [
    ...(runbook === undefined ? [] : [{ name: "Runbook", type: "runbook", url: runbook } as const]),
    ...Object.entries(dashboards).map(([name, url]) => ({ name, type: "dashboard", url }) as const),
  ];
}

function reference(name: ServiceName): string {
  return `service:${datadogService(name)}`;
}
