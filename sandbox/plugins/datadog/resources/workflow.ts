import { idOf, part } from "../api/api-names.ts";
import { canonicalJson, parseJson } from "../api/canonical-json.ts";
import { unlessGone } from "../gone.ts";
import { flag, json, set, text, type Shape } from "../inputs/shape.ts";
import type { LiveResource, ResourceType } from "../resource-type.ts";
import type { Json, JsonMap } from "../api/json.ts";

const PATH = "/api/v2/workflows";

const shape: Shape = {
  name: text({ required: true }),
  description: text({ required: true }),
  published: flag({ required: true }),
  tags: set(text(), { required: true }),
  specJson: json({ required: true }),
};

export const workflowAutomation: ResourceType = {
  shape,
  computed: [],

  async create(api, inputs) {
    const body = { data: { type: "workflows", attributes: attributesOf(inputs) } };
    return liveWorkflow(await api({ method: "POST", path: PATH, body }));
  },

  async read(api, id) {
    const found = await unlessGone(api({ method: "GET", path: `${PATH}/${id}` }));
    return found && liveWorkflow(found);
  },

  async update(api, id, inputs) {
    const body = { data: { type: "workflows", id, attributes: attributesOf(inputs) } };
    return liveWorkflow(await api({ method: "PATCH", path: `${PATH}/${id}`, body }));
  },

  async remove(api, id) {
    await unlessGone(api({ method: "DELETE", path: `${PATH}/${id}` }));
  },
};

function attributesOf(inputs: JsonMap): JsonMap {
  const { name, description, published, tags, specJson } = inputs;
  return { name, description, published, tags, spec: parseJson(specJson as string) as Json };
}

function liveWorkflow(body: JsonMap): LiveResource {
  const data = part(body, "data");
  const { name, description, published, tags, spec } = part(data, "attributes");
  const outputs = { name, description, published, tags, specJson: canonicalJson(spec) };
  return { id: idOf(data), outputs };
}
