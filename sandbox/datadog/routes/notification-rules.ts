import { type Answer, type Call, Refusal } from "../http/handler.ts";
import { giveId, uuid } from "../ids.ts";
import type { NotificationRule } from "../routing-objects.ts";
import { replaced, type State, without } from "../state.ts";

interface Body {
  data: { attributes: NotificationRule["attributes"] };
}

// Bodies and answers are those of the official client's types. That both kinds of recipients exclude
// each other, and that handles have no @, is its documentation's; the words of refusals are assumed.

export function createNotificationRule(state: State, call: Call): Answer {
  const given = giveId(state);
  const now = call.now.toISOString();
  const { attributes } = (call.body as Body).data;
  refuseUnfit(attributes);
  const id = uuid("notification rule", given.number);
  const rule: NotificationRule = { id, created: now, modified: now, attributes };
  const notificationRules = [...given.state.notificationRules, rule];
  return { body: { data: shown(rule) }, state: { ...given.state, notificationRules } };
}

export function listNotificationRules({ notificationRules }: State): Answer {
  return { body: { data: notificationRules.map(shown) } };
}

export function getNotificationRule(state: State, call: Call): Answer {
  return { body: { data: shown(find(state, call)) } };
}

/** Replaces the whole rule. */
export function updateNotificationRule(state: State, call: Call): Answer {
  const { id, created } = find(state, call);
  const { attributes } = (call.body as Body).data;
  refuseUnfit(attributes);
  const rule: NotificationRule = { id, created, modified: call.now.toISOString(), attributes };
  const notificationRules = replaced(state.notificationRules, rule);
  return { body: { data: shown(rule) }, state: { ...state, notificationRules } };
}

export function deleteNotificationRule(state: State, call: Call): Answer {
  const notificationRules = without(state.notificationRules, find(state, call).id);
  return { status: 204, state: { ...state, notificationRules } };
}

function refuseUnfit({
  recipients,
  conditional_recipients: conditional,
  filter,
}: NotificationRule["attributes"]): void {
  if ((recipients === undefined) === (conditional === undefined)) {
    throw new Refusal(400, "either recipients or conditional_recipients must be given");
  }
  if (filter === undefined) throw new Refusal(400, "filter must be given");
  const { conditions = [], fallback_recipients: fallback = [] } = conditional ?? {};
  const all = [...(recipients ?? []), ...fallback, ...conditions.flatMap((one) => one.recipients)];
  const odd = all.find((handle) => handle.startsWith("@"));
  if (odd !== undefined) {
    throw new Refusal(400, `recipients must not start with @, got ${JSON.stringify(odd)}`);
  }
}

function find(state: State, call: Call): NotificationRule {
  const rule = state.notificationRules.find(({ id }) => id === call.params["id"]);
  if (rule === undefined) throw new Refusal(404, "Monitor notification rule not found");
  return rule;
}

function shown({ id, created, modified, attributes }: NotificationRule): unknown {
  return {
    id,
    type: "monitor-notification-rule",
    attributes: { ...attributes, created, modified },
    relationships: {},
  };
}
