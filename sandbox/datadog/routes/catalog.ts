import { type Answer, type Call, Refusal, wholeParameter } from "../http/handler.ts";
import { giveId, uuid } from "../ids.ts";
import { type CatalogEntity, type EntitySchema, replaced, type State, without } from "../state.ts";

/** Creates the entity, or replaces the one of the same kind, namespace and name. */
export function upsertEntity(state: State, call: Call): Answer {
  const sent = call.body as EntitySchema;
  if (sent.apiVersion !== "v3") {
    throw new Refusal(501, `apiVersion ${sent.apiVersion} is not served by the stand-in: v3`);
  }
  const metadata = { ...sent.metadata, namespace: sent.metadata.namespace ?? "default" };
  // `managed` is the server's own, whoever sends it.
  delete (metadata as Record<string, unknown>)["managed"];
  if (metadata.name === "") throw new Refusal(400, "metadata.name must not be empty");
  const schema: EntitySchema = { ...sent, metadata };
  const now = call.now.toISOString();
  const old = state.entities.find((entity) => reference(entity) === reference({ schema }));
  if (old !== undefined) {
    const entity = { ...old, modified: now, schema };
    const entities = replaced(state.entities, entity);
    return { status: 202, body: listed([entity], ["schema"]), state: { ...state, entities } };
  }
  const given = giveId(state);
  const id = uuid("entity", given.number);
  const entity: CatalogEntity = { id, created: now, modified: now, schema };
  return {
    status: 202,
    body: listed([entity], ["schema"]),
    state: { ...given.state, entities: [...state.entities, entity] },
  };
}

/** Entities that all filters fit; none is an empty list, not an error. */
export function listEntities(state: State, call: Call): Answer {
  const include = call.query["include"]?.split(",") ?? [];
  const unknown = include.find((part) => part !== "schema" && part !== "raw_schema");
  if (unknown !== undefined) {
    throw new Refusal(501, `include=${unknown} is not served by the stand-in: schema, raw_schema`);
  }
  const found = state.entities.filter((entity) => fits(entity, call.query));
  const offset = wholeParameter(call, "page[offset]") ?? 0;
  const limit = wholeParameter(call, "page[limit]") ?? 100;
  // The raw form comes beside the read one, which the official provider counts on.
  const parts = include.includes("raw_schema")
    ? (["schema", "raw_schema"] as const)
    : ["schema" as const];
  return { body: listed(found.slice(offset, offset + limit), include.length === 0 ? [] : parts) };
}

/** By its id, or by its kind, namespace and name; of one that is not there Datadog says nothing. */
export function deleteEntity(state: State, call: Call): Answer {
  const { id = "", name } = call.params;
  const wanted = name === undefined ? id : `${id}/${name}`;
  const found = state.entities.find(
    (entity) => entity.id === wanted || reference(entity) === fullReference(wanted),
  );
  if (found === undefined) return { status: 204 };
  return { status: 204, state: { ...state, entities: without(state.entities, found.id) } };
}

function fits({ id, schema }: CatalogEntity, query: Call["query"]): boolean {
  const { kind, metadata } = schema;
  const wanted: readonly (readonly [string, string | undefined])[] = [
    ["filter[id]", id],
    ["filter[name]", metadata.name],
    ["filter[kind]", kind],
    ["filter[owner]", metadata.owner],
  ];
  const ref = query["filter[ref]"];
  return (
    wanted.every(([name, value]) => query[name] === undefined || query[name] === value) &&
    (ref === undefined || reference({ schema }) === fullReference(ref))
  );
}

/** `service:default/orders`. */
function reference({ schema }: Pick<CatalogEntity, "schema">): string {
  const { kind, metadata } = schema;
  return `${kind}:${metadata.namespace ?? "default"}/${metadata.name}`;
}

/** A reference may leave the namespace out. */
function fullReference(text: string): string {
  return text.includes("/") ? text : text.replace(":", ":default/");
}

type Part = "schema" | "raw_schema";

function listed(entities: readonly CatalogEntity[], parts: readonly Part[]): unknown {
  const included = entities.flatMap((entity) => parts.map((part) => includedPart(entity, part)));
  return {
    data: entities.map((entity) => shown(entity, parts)),
    meta: { count: entities.length, includeCount: included.length },
    ...(included.length > 0 && { included }),
  };
}

function shown(entity: CatalogEntity, parts: readonly Part[]): unknown {
  const { id, created, modified, schema } = entity;
  const { apiVersion, kind, metadata } = schema;
  const { name, namespace, displayName, owner, tags } = metadata;
  const relationships = Object.fromEntries(
    parts.map((part) => [part === "schema" ? "schema" : "rawSchema", { data: { id, type: part } }]),
  );
  return {
    id,
    type: "entity",
    attributes: { apiVersion, displayName, kind, name, namespace, owner, tags },
    relationships,
    meta: { createdAt: created, modifiedAt: modified, ingestionSource: "api", origin: "unknown" },
  };
}

function includedPart({ id, created, modified, schema }: CatalogEntity, part: Part): unknown {
  const managed = {
    origin: { origin: "unknown" },
    ingestionSource: "api",
    createdAt: created,
    modifiedAt: modified,
  };
  const full = { ...schema, metadata: { ...schema.metadata, managed } };
  return part === "schema"
    ? { id, type: "schema", attributes: { schema: full } }
    : {
        id,
        type: "raw_schema",
        attributes: { raw_schema: Buffer.from(JSON.stringify(full)).toString("base64") },
      };
}
