import { SoftwareCatalog } from "@pulumi/datadog/softwareCatalog.js";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "../datadog/queries.ts";
import { catalogue, datadogService } from "../shop/catalogue.ts";
import { entities } from "./entities.ts";

/** Which shop the entities describe, and what they link. */
export interface CatalogEntitiesArgs extends Scope {
  /** The shop's own pages. */
  readonly frontEndUrl: string;

  /** Published runbook; absent when there is none. */
  readonly runbookUrl?: string | undefined;

  /** Browser addresses of the dashboards, by their names. */
  readonly dashboardUrls: Readonly<Record<string, pulumi.Output<string>>>;
}

/** The services and the system in Datadog's Software Catalog, where their tags lead. */
export class CatalogEntities extends pulumi.ComponentResource {
  constructor(name: string, args: CatalogEntitiesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("sockshop:software-catalog:CatalogEntities", name, {}, opts);
    const { frontEndUrl: shop, runbookUrl: runbook } = args;

    const texts = pulumi.output(args.dashboardUrls).apply((urls) => {
      const links = { runbook, shop, dashboards: titled(urls) };
      const all = entities(args, links).map((entity) => [entity.metadata.name, entity] as const);
      // JSON is YAML; other texts of the same entity would be changes.
      return Object.fromEntries(all.map(([key, entity]) => [key, JSON.stringify(entity, null, 2)]));
    });
    for (const key of ["sock-shop", ...catalogue.map((it) => datadogService(it.name))]) {
      new SoftwareCatalog(key, { entity: texts.apply((all) => all[key] ?? "") }, { parent: this });
    }

    this.registerOutputs();
  }
}

/** `incident-timeline` as people read it: `Incident timeline`. */
function titled(urls: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const title = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " ");
  return Object.fromEntries(Object.entries(urls).map(([name, url]) => [title(name), url]));
}
