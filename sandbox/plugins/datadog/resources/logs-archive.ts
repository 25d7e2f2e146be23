import { idOf, part, setProperties } from "../api/api-names.ts";
import { unlessGone } from "../gone.ts";
import { flag, list, object, text, whole, type Shape } from "../inputs/shape.ts";
import type { LiveResource, ResourceType } from "../resource-type.ts";
import type { JsonMap } from "../api/json.ts";

const PATH = "/api/v2/logs/config/archives";

/** Of S3 by a role alone: the stack declares no other kind. */
const shape: Shape = {
  name: text({ required: true }),
  query: text({ required: true }),
  includeTags: flag({ default: false }),
  rehydrationTags: list(text()),
  rehydrationMaxScanSizeInGb: whole(),
  s3Archive: object(
    {
      bucket: text({ required: true }),
      path: text(),
      accountId: text({ required: true }),
      roleName: text({ required: true }),
    },
    { required: true },
  ),
};

export const logsArchive: ResourceType = {
  shape,
  computed: [],

  async create(api, inputs) {
    return liveArchive(await api({ method: "POST", path: PATH, body: bodyOf(inputs) }));
  },

  async read(api, id) {
    const found = await unlessGone(api({ method: "GET", path: `${PATH}/${id}` }));
    return found && liveArchive(found);
  },

  async update(api, id, inputs) {
    const path = `${PATH}/${id}`;
    return liveArchive(await api({ method: "PUT", path, body: bodyOf(inputs) }));
  },

  async remove(api, id) {
    await unlessGone(api({ method: "DELETE", path: `${PATH}/${id}` }));
  },
};

function bodyOf(inputs: JsonMap): JsonMap {
  const target = part(inputs, "s3Archive");
  const destination = {
    type: "s3",
    bucket: target["bucket"],
    path: target["path"] ?? "",
    integration: setProperties(target, ["accountId", "roleName"]),
  };
  const attributes = {
    name: inputs["name"],
    query: inputs["query"],
    include_tags: inputs["includeTags"] ?? false,
    rehydration_tags: inputs["rehydrationTags"] ?? [],
    rehydration_max_scan_size_in_gb: inputs["rehydrationMaxScanSizeInGb"] ?? null,
    destination,
  };
  return { data: { type: "archives", attributes } };
}

function liveArchive(body: JsonMap): LiveResource {
  const data = part(body, "data");
  const attributes = part(data, "attributes");
  const { name, query, include_tags: includeTags, rehydration_tags: rehydrationTags } = attributes;
  const destination = part(attributes, "destination");
  const { account_id: accountId, role_name: roleName } = part(destination, "integration");
  const { bucket, path } = destination;
  const outputs: JsonMap = {
    name,
    query,
    includeTags,
    rehydrationTags,
    rehydrationMaxScanSizeInGb: attributes["rehydration_max_scan_size_in_gb"] ?? undefined,
    s3Archive: { bucket, path: path === "" ? undefined : path, accountId, roleName },
  };
  return { id: idOf(data), outputs };
}
