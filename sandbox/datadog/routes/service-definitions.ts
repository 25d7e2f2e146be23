import { type Answer, type Call, Refusal, wholeParameter } from "../http/handler.ts";
import type { CatalogEntity, State } from "../state.ts";

/** `GET /api/v2/services/definitions`: the services of the catalog, in the older schema. */
export function listServiceDefinitions(state: State, call: Call): Answer {
  refuseSchema(call);
  const size = wholeParameter(call, "page[size]") ?? 10;
  const number = wholeParameter(call, "page[number]") ?? 0;
  const shown = servicesOf(state).slice(number * size, (number + 1) * size);
  return { body: { data: shown.map(definition) } };
}

/** `GET /api/v2/services/definitions/{name}` */
export function getServiceDefinition(state: State, call: Call): Answer {
  refuseSchema(call);
  const name = call.params["name"] ?? "";
  const entity = servicesOf(state).find(({ schema }) => schema.metadata.name === name);
  if (entity === undefined) throw new Refusal(404, `service definition not found: ${name}`);
  return { body: { data: definition(entity) } };
}

function refuseSchema({ query }: Call): void {
  const { schema_version: version = "v2.2" } = query;
  if (version !== "v2.2") {
    throw new Refusal(501, `schema_version=${version} is not served by the stand-in: v2.2`);
  }
}

function servicesOf({ entities }: State): readonly CatalogEntity[] {
  return entities.filter(({ schema }) => schema.kind === "service");
}

function definition({ id, modified, schema }: CatalogEntity): unknown {
  const { name, owner, ...metadata } = schema.metadata;
  const { description, tags, links } = metadata;
  return {
    id,
    type: "service-definition",
    attributes: {
      meta: {
        last_modified_time: modified,
        ingestion_source: "api",
        ingested_schema_version: schema.apiVersion,
        warnings: [],
      },
      schema: {
        "schema-version": "v2.2",
        "dd-service": name,
        ...(owner !== undefined && { team: owner }),
        ...(description !== undefined && { description }),
        ...(tags !== undefined && { tags }),
        ...(links !== undefined && { links }),
      },
    },
  };
}
