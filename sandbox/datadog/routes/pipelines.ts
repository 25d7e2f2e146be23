import { type Answer, type Call, Refusal } from "../http/handler.ts";
import { giveId, urlSafeId } from "../ids.ts";
import { whyNotPipeline } from "../validation/pipelines.ts";
import { type Pipeline, type Processor, replaced, type State, without } from "../state.ts";

type PipelineBody = Partial<Pick<Pipeline, "is_enabled" | "filter" | "processors">> &
  Partial<Pick<Pipeline, "tags" | "description">> &
  Pick<Pipeline, "name">;

export function createPipeline(state: State, call: Call): Answer {
  const given = giveId(state);
  const pipeline = declare(urlSafeId("pipeline", given.number), call.body as PipelineBody);
  // A new pipeline comes last, whatever the others' order is.
  return {
    body: pipeline,
    state: { ...given.state, pipelines: [...state.pipelines, pipeline] },
  };
}

export function listPipelines(state: State): Answer {
  return { body: state.pipelines };
}

export function getPipeline(state: State, call: Call): Answer {
  return { body: find(state, call) };
}

export function updatePipeline(state: State, call: Call): Answer {
  const { id } = find(state, call);
  const pipeline = declare(id, call.body as PipelineBody);
  const pipelines = replaced(state.pipelines, pipeline);
  return { body: pipeline, state: { ...state, pipelines } };
}

export function deletePipeline(state: State, call: Call): Answer {
  const { id } = find(state, call);
  const pipelines = without(state.pipelines, id);
  return { body: {}, state: { ...state, pipelines } };
}

export function getPipelineOrder(state: State): Answer {
  return { body: { pipeline_ids: state.pipelines.map(({ id }) => id) } };
}

/** The order must name every pipeline of the organisation exactly once. */
export function updatePipelineOrder(state: State, call: Call): Answer {
  const { pipeline_ids: wanted } = call.body as { pipeline_ids: string[] };
  const pipelines = wanted.flatMap((id) => state.pipelines.find((other) => other.id === id) ?? []);
  const complete = new Set(pipelines).size === state.pipelines.length;
  if (!complete || wanted.length !== state.pipelines.length) {
    const existing = state.pipelines.map(({ id }) => id).join(", ");
    throw new Refusal(
      422,
      `Cannot map pipelines to existing ones: pipeline_ids must hold each of [${existing}] once, got [${wanted.join(", ")}]`,
    );
  }
  return { body: { pipeline_ids: wanted }, state: { ...state, pipelines } };
}

/** Datadog answers 400 here, not 404: the provider takes 400 for "gone" and 404 for a failure. */
function find(state: State, call: Call): Pipeline {
  const pipeline = state.pipelines.find(({ id }) => id === call.params["id"]);
  if (pipeline === undefined) {
    throw new Refusal(400, "Non existing pipeline");
  }
  return pipeline;
}

function declare(id: string, body: PipelineBody): Pipeline {
  const { name, is_enabled = false, filter, processors, tags, description } = body;
  const pipeline: Pipeline = {
    id,
    type: "pipeline",
    name,
    is_enabled,
    is_read_only: false,
    filter: filter ?? { query: "" },
    processors: (processors ?? []).map(withDefaults),
    tags: tags ?? [],
    description: description ?? "",
  };
  const why = name.trim() === "" ? "name is not provided" : whyNotPipeline(pipeline);
  if (why !== undefined) {
    throw new Refusal(400, why);
  }
  return pipeline;
}

/** The lists that Datadog answers as empty where they were left out. */
function withDefaults(processor: Processor): Processor {
  if (processor.type === "grok-parser") {
    return { samples: [], ...processor };
  }
  if (processor.type === "pipeline") {
    const inner = (processor["processors"] ?? []) as Processor[];
    return { ...processor, processors: inner.map(withDefaults) };
  }
  return processor;
}
