import { type Answer, type Call, Refusal } from "../http/handler.ts";
import { giveId, uuid } from "../ids.ts";
import type { Workflow } from "../routing-objects.ts";
import { replaced, type State, without } from "../state.ts";

interface Body {
  data: { attributes: Workflow["attributes"] };
}

// Bodies and answers are those of the official client's types; the words of refusals are assumed.

export function createWorkflow(state: State, call: Call): Answer {
  const given = giveId(state);
  const { attributes } = (call.body as Body).data;
  refuseUnfit(attributes);
  const now = call.now.toISOString();
  const id = uuid("workflow", given.number);
  const workflow: Workflow = { id, createdAt: now, updatedAt: now, attributes };
  const workflows = [...given.state.workflows, workflow];
  return { status: 201, body: { data: shown(workflow) }, state: { ...given.state, workflows } };
}

export function getWorkflow(state: State, call: Call): Answer {
  return { body: { data: shown(find(state, call)) } };
}

export function updateWorkflow(state: State, call: Call): Answer {
  const old = find(state, call);
  const attributes = { ...old.attributes, ...(call.body as Body).data.attributes };
  refuseUnfit(attributes);
  const workflow = { ...old, updatedAt: call.now.toISOString(), attributes };
  const workflows = replaced(state.workflows, workflow);
  return { body: { data: shown(workflow) }, state: { ...state, workflows } };
}

export function deleteWorkflow(state: State, call: Call): Answer {
  const workflows = without(state.workflows, find(state, call).id);
  return { status: 204, state: { ...state, workflows } };
}

/** A trigger that begins with a step that there is not would never do anything. */
function refuseUnfit({ spec }: Workflow["attributes"]): void {
  const names = (spec.steps ?? []).map(({ name }) => name);
  const starts = (spec.triggers ?? []).flatMap(({ startStepNames = [] }) => startStepNames);
  const odd = starts.find((name) => !names.includes(name));
  if (odd !== undefined) {
    throw new Refusal(400, `spec.triggers begin with ${JSON.stringify(odd)}, which is no step`);
  }
}

function find(state: State, call: Call): Workflow {
  const workflow = state.workflows.find(({ id }) => id === call.params["id"]);
  if (workflow === undefined) throw new Refusal(404, "Workflow not found");
  return workflow;
}

function shown({ id, createdAt, updatedAt, attributes }: Workflow): unknown {
  return { id, type: "workflows", attributes: { ...attributes, createdAt, updatedAt } };
}
