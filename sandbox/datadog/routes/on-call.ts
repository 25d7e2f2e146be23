import { type Answer, type Call, Refusal } from "../http/handler.ts";
import { giveId, uuid } from "../ids.ts";
import type { OnCallObject } from "../routing-objects.ts";
import { replaced, type State, without } from "../state.ts";

// The bodies fit the official client's types. Assumed is that steps and layers come back as they were
// sent: Datadog answers them beside the object, with ids of their own. Nobody is paged.

type Kind = "schedules" | "policies";

interface Body {
  data: { type: string; attributes: Record<string, unknown>; relationships?: unknown };
}

const words = { schedules: "Schedule", policies: "Escalation policy" } as const;

function create(kind: Kind) {
  return (state: State, call: Call): Answer => {
    const given = giveId(state);
    const object: OnCallObject = { ...(call.body as Body).data, id: uuid(kind, given.number) };
    const { onCall } = given.state;
    return {
      status: 201,
      body: { data: object },
      state: { ...given.state, onCall: { ...onCall, [kind]: [...onCall[kind], object] } },
    };
  };
}

function get(kind: Kind) {
  return (state: State, call: Call): Answer => ({ body: { data: find(kind, state, call) } });
}

function update(kind: Kind) {
  return (state: State, call: Call): Answer => {
    const { id } = find(kind, state, call);
    const object: OnCallObject = { ...(call.body as Body).data, id };
    const { onCall } = state;
    return {
      body: { data: object },
      state: { ...state, onCall: { ...onCall, [kind]: replaced(onCall[kind], object) } },
    };
  };
}

function remove(kind: Kind) {
  return (state: State, call: Call): Answer => {
    const { id } = find(kind, state, call);
    const { onCall } = state;
    return {
      status: 204,
      state: { ...state, onCall: { ...onCall, [kind]: without(onCall[kind], id) } },
    };
  };
}

function find(kind: Kind, { onCall }: State, call: Call): OnCallObject {
  const found = onCall[kind].find(({ id }) => id === call.params["id"]);
  if (found === undefined) throw new Refusal(404, `${words[kind]} not found`);
  return found;
}

export const schedules = {
  create: create("schedules"),
  get: get("schedules"),
  update: update("schedules"),
  remove: remove("schedules"),
};
export const policies = {
  create: create("policies"),
  get: get("policies"),
  update: update("policies"),
  remove: remove("policies"),
};

/** The rules of a team: there always are some, none to begin with. */
export function setTeamRouting(state: State, call: Call): Answer {
  const id = call.params["id"] ?? "";
  const object: OnCallObject = { ...(call.body as Body).data, id };
  const routing = [...state.onCall.routing.filter((one) => one.id !== id), object];
  return { body: { data: object }, state: { ...state, onCall: { ...state.onCall, routing } } };
}

export function getTeamRouting({ onCall }: State, call: Call): Answer {
  const id = call.params["id"] ?? "";
  const none = { id, type: "team_routing_rules", attributes: { rules: [] } };
  return { body: { data: onCall.routing.find((one) => one.id === id) ?? none } };
}
