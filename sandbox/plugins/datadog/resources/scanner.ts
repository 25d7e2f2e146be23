import type { Api } from "../api/api.ts";
import { idOf, part, parts, setProperties } from "../api/api-names.ts";
import { unlessGone } from "../gone.ts";
import { flag, list, object, set, text, whole, type Shape } from "../inputs/shape.ts";
import type { LiveResource, ResourceType } from "../resource-type.ts";
import type { JsonMap } from "../api/json.ts";

// Bodies as the provider's source makes them; nothing of these was recorded.

const CONFIG = "/api/v2/sensitive-data-scanner/config";
const GROUPS = `${CONFIG}/groups`;
const RULES = `${CONFIG}/rules`;
const GROUP = "sensitive_data_scanner_group";
const RULE = "sensitive_data_scanner_rule";
/** Every write says of which version it is; Datadog counts by itself. */
const meta = {};

const groupShape: Shape = {
  name: text({ required: true }),
  description: text(),
  isEnabled: flag({ required: true }),
  productLists: set(text({ oneOf: ["logs", "rum", "events", "apm"] }), { required: true }),
  filter: object({ query: text({ required: true }) }, { required: true }),
};

/** There is no way to read one group or rule: all are listed. */
async function included(api: Api, id: string): Promise<JsonMap | undefined> {
  const found = await unlessGone(api({ method: "GET", path: CONFIG }));
  return found && parts(found, "included").find((one) => one["id"] === id);
}

export const scannerGroup: ResourceType = {
  shape: groupShape,
  computed: [],

  async create(api, inputs) {
    const body = { data: { type: GROUP, attributes: groupAttributes(inputs) }, meta };
    return liveGroup(part(await api({ method: "POST", path: GROUPS, body }), "data"));
  },

  async read(api, id) {
    const found = await included(api, id);
    return found && liveGroup(found);
  },

  async update(api, id, inputs) {
    const body = { data: { type: GROUP, id, attributes: groupAttributes(inputs) }, meta };
    await api({ method: "PATCH", path: `${GROUPS}/${id}`, body });
    return liveGroup({ id, attributes: groupAttributes(inputs) });
  },

  async remove(api, id) {
    await unlessGone(api({ method: "DELETE", path: `${GROUPS}/${id}`, body: { meta } }));
  },
};

function groupAttributes(inputs: JsonMap): JsonMap {
  return {
    ...setProperties(inputs, ["name", "description"]),
    is_enabled: inputs["isEnabled"],
    product_list: inputs["productLists"],
    filter: { query: part(inputs, "filter")["query"] },
  };
}

function liveGroup(data: JsonMap): LiveResource {
  const { name, description, is_enabled, product_list } = part(data, "attributes");
  const filter = { query: part(part(data, "attributes"), "filter")["query"] };
  const outputs = { name, description, isEnabled: is_enabled, productLists: product_list, filter };
  return { id: idOf(data), outputs };
}

const ruleShape: Shape = {
  groupId: text({ required: true, replace: true }),
  name: text(),
  description: text(),
  isEnabled: flag(),
  pattern: text(),
  priority: whole(),
  tags: list(text()),
  textReplacement: object({
    type: text({ required: true, oneOf: ["none", "hash", "replacement_string"] }),
    replacementString: text(),
  }),
  suppressions: object({
    startsWiths: list(text()),
    endsWiths: list(text()),
    exactMatches: list(text()),
  }),
};

export const scannerRule: ResourceType = {
  shape: ruleShape,
  computed: [],

  async create(api, inputs) {
    const group = { data: { type: GROUP, id: inputs["groupId"] } };
    const data = { type: RULE, attributes: ruleAttributes(inputs), relationships: { group } };
    return liveRule(part(await api({ method: "POST", path: RULES, body: { data, meta } }), "data"));
  },

  async read(api, id) {
    const found = await included(api, id);
    return found && liveRule(found);
  },

  async update(api, id, inputs) {
    const attributes = ruleAttributes(inputs);
    const body = { data: { type: RULE, id, attributes }, meta };
    await api({ method: "PATCH", path: `${RULES}/${id}`, body });
    const group = { data: { id: inputs["groupId"] } };
    return liveRule({ id, attributes, relationships: { group } });
  },

  async remove(api, id) {
    await unlessGone(api({ method: "DELETE", path: `${RULES}/${id}`, body: { meta } }));
  },
};

function ruleAttributes(inputs: JsonMap): JsonMap {
  const suppressions = part(inputs, "suppressions");
  return {
    ...setProperties(inputs, ["name", "description", "pattern", "priority"]),
    is_enabled: inputs["isEnabled"] ?? false,
    namespaces: [],
    excluded_namespaces: [],
    tags: inputs["tags"] ?? [],
    text_replacement: {
      type: "none",
      ...setProperties(part(inputs, "textReplacement"), ["type", "replacementString"]),
    },
    ...(inputs["suppressions"] !== undefined && {
      suppressions: {
        ...(suppressions["startsWiths"] !== undefined && {
          starts_with: suppressions["startsWiths"],
        }),
        ...(suppressions["endsWiths"] !== undefined && { ends_with: suppressions["endsWiths"] }),
        ...(suppressions["exactMatches"] !== undefined && {
          exact_match: suppressions["exactMatches"],
        }),
      },
    }),
  };
}

function liveRule(data: JsonMap): LiveResource {
  const attributes = part(data, "attributes");
  const { name, description, pattern, priority, tags, is_enabled, suppressions } = attributes;
  const { type, replacement_string } = part(attributes, "text_replacement");
  const { starts_with, ends_with, exact_match } = part(attributes, "suppressions");
  const group = part(part(part(data, "relationships"), "group"), "data");
  const outputs: JsonMap = {
    groupId: group["id"],
    ...{ name, description, pattern, priority, tags },
    isEnabled: is_enabled,
    textReplacement: { type, replacementString: replacement_string },
    ...(suppressions !== undefined && {
      suppressions: { startsWiths: starts_with, endsWiths: ends_with, exactMatches: exact_match },
    }),
  };
  return { id: idOf(data), outputs };
}
