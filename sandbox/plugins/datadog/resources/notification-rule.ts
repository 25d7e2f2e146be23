import { idOf, part, parts } from "../api/api-names.ts";
import { unlessGone } from "../gone.ts";
import { list, object, set, text, type Shape } from "../inputs/shape.ts";
import type { LiveResource, ResourceType } from "../resource-type.ts";
import type { JsonMap } from "../api/json.ts";

const PATH = "/api/v2/monitor/notification_rule";
const TYPE = "monitor-notification-rule";

const shape: Shape = {
  name: text({ required: true }),
  filter: object({ tags: set(text()), scope: text() }),
  recipients: set(text()),
  conditionalRecipients: object({
    conditions: list(
      object({ scope: text({ required: true }), recipients: set(text(), { required: true }) }),
    ),
    fallbackRecipients: set(text()),
  }),
};

export const monitorNotificationRule: ResourceType = {
  shape,
  computed: [],

  async create(api, inputs) {
    const body = { data: { type: TYPE, attributes: attributesOf(inputs) } };
    return liveRule(await api({ method: "POST", path: PATH, body }));
  },

  async read(api, id) {
    const found = await unlessGone(api({ method: "GET", path: `${PATH}/${id}` }));
    return found && liveRule(found);
  },

  async update(api, id, inputs) {
    const body = { data: { type: TYPE, id, attributes: attributesOf(inputs) } };
    return liveRule(await api({ method: "PATCH", path: `${PATH}/${id}`, body }));
  },

  async remove(api, id) {
    await unlessGone(api({ method: "DELETE", path: `${PATH}/${id}` }));
  },
};

function attributesOf(inputs: JsonMap): JsonMap {
  const { tags, scope } = part(inputs, "filter");
  const conditional = part(inputs, "conditionalRecipients");
  const { fallbackRecipients: fallback } = conditional;
  return {
    name: inputs["name"],
    filter: scope === undefined ? { tags } : { scope },
    ...(inputs["recipients"] !== undefined && { recipients: inputs["recipients"] }),
    ...(inputs["conditionalRecipients"] !== undefined && {
      conditional_recipients: {
        conditions: parts(conditional, "conditions").map((condition) => ({
          scope: condition["scope"],
          recipients: condition["recipients"],
        })),
        ...(fallback !== undefined && { fallback_recipients: fallback }),
      },
    }),
  };
}

function liveRule(body: JsonMap): LiveResource {
  const data = part(body, "data");
  const attributes = part(data, "attributes");
  const { name, filter, recipients, conditional_recipients: given } = attributes;
  const conditional = part(attributes, "conditional_recipients");
  const outputs: JsonMap = {
    ...{ name, filter, recipients },
    ...(given !== undefined && {
      conditionalRecipients: {
        conditions: parts(conditional, "conditions"),
        fallbackRecipients: conditional["fallback_recipients"],
      },
    }),
  };
  return { id: idOf(data), outputs };
}
