import { idOf, part, parts } from "../api/api-names.ts";
import { unlessGone } from "../gone.ts";
import { flag, list, object, set, text, whole, type Shape } from "../inputs/shape.ts";
import type { LiveResource, ResourceType } from "../resource-type.ts";
import type { Json, JsonMap } from "../api/json.ts";

// Bodies by the official client's types; nothing of these was recorded.

const ROOT = "/api/v2/on-call";

/** A resource of its own, which is created, replaced and deleted under one path. */
function standalone(
  path: string,
  shape: Shape,
  { dataOf, live }: { dataOf: (inputs: JsonMap) => JsonMap; live: (data: JsonMap) => JsonMap },
): ResourceType {
  const liveOf = (body: JsonMap): LiveResource => {
    const data = part(body, "data");
    return { id: idOf(data), outputs: live(data) };
  };
  return {
    shape,
    computed: [],
    create: async (api, inputs) =>
      liveOf(await api({ method: "POST", path, body: { data: dataOf(inputs) } })),
    read: async (api, id) => {
      const found = await unlessGone(api({ method: "GET", path: `${path}/${id}` }));
      return found && liveOf(found);
    },
    update: async (api, id, inputs) => {
      const body = { data: { ...dataOf(inputs), id } };
      return liveOf(await api({ method: "PUT", path: `${path}/${id}`, body }));
    },
    remove: async (api, id) => {
      await unlessGone(api({ method: "DELETE", path: `${path}/${id}` }));
    },
  };
}

function teamsOf(inputs: JsonMap): JsonMap {
  const teams = (inputs["teams"] ?? []) as readonly Json[];
  return { teams: { data: teams.map((id) => ({ id, type: "teams" })) } };
}

function teamIds(data: JsonMap): JsonMap {
  const teams = parts(part(part(data, "relationships"), "teams"), "data").map(({ id }) => id);
  return { teams: teams as Json[] };
}

export const onCallSchedule = standalone(
  `${ROOT}/schedules`,
  {
    name: text({ required: true }),
    timeZone: text({ required: true }),
    teams: set(text()),
    layers: list(
      object({
        name: text({ required: true }),
        effectiveDate: text({ required: true }),
        rotationStart: text({ required: true }),
        interval: object({ days: whole(), seconds: whole() }),
        users: list(text(), { required: true }),
      }),
      { required: true },
    ),
  },
  {
    dataOf: (inputs) => ({
      type: "schedules",
      attributes: {
        name: inputs["name"],
        time_zone: inputs["timeZone"],
        layers: parts(inputs, "layers").map(({ name, effectiveDate, rotationStart, ...layer }) => ({
          name,
          effective_date: effectiveDate,
          rotation_start: rotationStart,
          interval: intervalOf(part(layer, "interval")),
          members: (layer["users"] as readonly Json[]).map((id) => ({ user: { id } })),
        })),
      },
      relationships: teamsOf(inputs),
    }),
    live: (data) => {
      const { name, time_zone: timeZone } = part(data, "attributes");
      const layers = parts(part(data, "attributes"), "layers").map((layer) => ({
        name: layer["name"],
        effectiveDate: layer["effective_date"],
        rotationStart: layer["rotation_start"],
        interval: layer["interval"],
        users: parts(layer, "members").map((member) => part(member, "user")["id"] ?? null),
      }));
      return { name, timeZone, layers, ...teamIds(data) };
    },
  },
);

function intervalOf({ days, seconds }: JsonMap): JsonMap {
  return { ...(days !== undefined && { days }), ...(seconds !== undefined && { seconds }) };
}

export const onCallEscalationPolicy = standalone(
  `${ROOT}/escalation-policies`,
  {
    name: text({ required: true }),
    retries: whole(),
    resolvePageOnPolicyEnd: flag(),
    teams: set(text()),
    steps: list(
      object({
        escalateAfterSeconds: whole({ required: true }),
        targets: list(
          object({ schedule: text(), team: text(), position: text({ oneOf: ["current"] }) }),
          { required: true },
        ),
      }),
      { required: true },
    ),
  },
  {
    dataOf: (inputs) => ({
      type: "policies",
      attributes: {
        name: inputs["name"],
        retries: inputs["retries"] ?? 0,
        resolve_page_on_policy_end: inputs["resolvePageOnPolicyEnd"] ?? false,
        steps: parts(inputs, "steps").map((step) => ({
          assignment: "default",
          escalate_after_seconds: step["escalateAfterSeconds"],
          targets: parts(step, "targets").map(targetBody),
        })),
      },
      relationships: teamsOf(inputs),
    }),
    live: (data) => {
      const { name, retries, resolve_page_on_policy_end: resolve } = part(data, "attributes");
      const steps = parts(part(data, "attributes"), "steps").map((step) => ({
        escalateAfterSeconds: step["escalate_after_seconds"],
        targets: parts(step, "targets").map(liveTarget),
      }));
      return { name, retries, resolvePageOnPolicyEnd: resolve, steps, ...teamIds(data) };
    },
  },
);

function targetBody({ schedule, team, position }: JsonMap): JsonMap {
  return schedule === undefined
    ? { type: "teams", id: team }
    : {
        type: "schedules",
        id: schedule,
        config: { schedule: { position: position ?? "current" } },
      };
}

function liveTarget(target: JsonMap): JsonMap {
  const { type, id } = target;
  if (type === "teams") return { team: id };
  const { position } = part(part(target, "config"), "schedule");
  return { schedule: id, position };
}

/** Rules of a team are replaced as a whole; deleting them leaves none, as the official plugin does. */
export const onCallTeamRoutingRules: ResourceType = {
  shape: {
    teamId: text({ required: true, replace: true }),
    rules: list(object({ escalationPolicy: text(), urgency: text(), query: text() })),
  },
  computed: [],

  async create(api, inputs) {
    const id = inputs["teamId"] as string;
    return liveRouting(await api({ method: "PUT", path: routingPath(id), body: routing(inputs) }));
  },

  async read(api, id) {
    return liveRouting(await api({ method: "GET", path: routingPath(id) }));
  },

  async update(api, id, inputs) {
    return liveRouting(await api({ method: "PUT", path: routingPath(id), body: routing(inputs) }));
  },

  async remove(api, id) {
    await api({ method: "PUT", path: routingPath(id), body: routing({ teamId: id, rules: [] }) });
  },
};

const routingPath = (id: string) => `${ROOT}/teams/${id}/routing-rules`;

function routing(inputs: JsonMap): JsonMap {
  const rules = parts(inputs, "rules").map(({ escalationPolicy, urgency, query }) => ({
    policy_id: escalationPolicy,
    urgency,
    query: query ?? "",
    actions: [],
  }));
  return { data: { type: "team_routing_rules", id: inputs["teamId"], attributes: { rules } } };
}

function liveRouting(body: JsonMap): LiveResource {
  const data = part(body, "data");
  const rules = parts(part(data, "attributes"), "rules").map((rule) => ({
    escalationPolicy: rule["policy_id"],
    urgency: rule["urgency"],
  }));
  return { id: idOf(data), outputs: { teamId: idOf(data), rules } };
}
