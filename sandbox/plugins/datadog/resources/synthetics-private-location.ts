import { PluginError } from "../../grpc/plugin-error.ts";
import { idOf, part, setProperties } from "../api/api-names.ts";
import { unlessGone } from "../gone.ts";
import type { LiveResource, ResourceType } from "../resource-type.ts";
import { list, object, set, text, type Shape } from "../inputs/shape.ts";
import type { JsonMap } from "../api/json.ts";

const PATH = "/api/v1/synthetics/private-locations";

const shape: Shape = {
  name: text({ required: true }),
  // The official plugin fills these in.
  description: text({ default: "" }),
  tags: list(text()),
  metadata: object({ restrictedRoles: set(text()) }),
};

/** Its `config` is answered once, at creation: what is read later has none. */
export const syntheticsPrivateLocation: ResourceType = {
  shape,
  computed: ["config"],
  secrets: ["config"],

  async create(api, inputs) {
    const answer = await api({ method: "POST", path: PATH, body: locationBody(inputs) });
    const { config } = answer;
    if (config === undefined) throw new PluginError("Datadog's answer holds no configuration");
    const live = liveLocation(part(answer, "private_location"));
    return { ...live, outputs: { ...live.outputs, config: JSON.stringify(config) } };
  },

  async read(api, id) {
    const found = await unlessGone(api({ method: "GET", path: `${PATH}/${id}` }));
    return found === undefined ? undefined : liveLocation(found);
  },

  async update(api, id, inputs) {
    const body = locationBody(inputs);
    return liveLocation(await api({ method: "PUT", path: `${PATH}/${id}`, body }));
  },

  async remove(api, id) {
    await unlessGone(api({ method: "DELETE", path: `${PATH}/${id}` }));
  },
};

function locationBody(inputs: JsonMap): JsonMap {
  const { restrictedRoles } = part(inputs, "metadata");
  return {
    name: inputs["name"],
    description: inputs["description"] ?? "",
    tags: inputs["tags"] ?? [],
    ...(restrictedRoles !== undefined && { metadata: { restricted_roles: restrictedRoles } }),
  };
}

function liveLocation(body: JsonMap): LiveResource {
  return {
    id: idOf(body),
    outputs: { ...setProperties(body, ["name", "description"]), tags: body["tags"] ?? [] },
  };
}
