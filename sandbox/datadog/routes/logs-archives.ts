import { type Answer, type Call, Refusal } from "../http/handler.ts";
import { giveId, urlSafeId } from "../ids.ts";
import type { LogArchive } from "../log-storage.ts";
import { replaced, type State, without } from "../state.ts";
import { whyNotLogFilter } from "../validation/log-filter.ts";

// Answers are those of Datadog's recorded tests of its provider; the words of refusals are assumed.

interface ArchiveBody {
  data?: { attributes?: LogArchive["attributes"] };
}

/** The provider sends no limit as null. */
export const tolerated = /rehydration_max_scan_size_in_gb is null$/;

export function createLogsArchive(state: State, call: Call): Answer {
  const given = giveId(state);
  const archive = { id: urlSafeId("archive", given.number), attributes: attributesOf(call) };
  const logArchives = [...state.logArchives, archive];
  return { body: { data: shown(archive) }, state: { ...given.state, logArchives } };
}

export function listLogsArchives({ logArchives }: State): Answer {
  return { body: { data: logArchives.map(shown) } };
}

export function getLogsArchive(state: State, call: Call): Answer {
  return { body: { data: shown(find(state, call)) } };
}

export function updateLogsArchive(state: State, call: Call): Answer {
  const archive = { ...find(state, call), attributes: attributesOf(call) };
  const logArchives = replaced(state.logArchives, archive);
  return { body: { data: shown(archive) }, state: { ...state, logArchives } };
}

export function deleteLogsArchive(state: State, call: Call): Answer {
  const { id } = find(state, call);
  return { status: 204, state: { ...state, logArchives: without(state.logArchives, id) } };
}

function find({ logArchives }: State, { params }: Call): LogArchive {
  const found = logArchives.find(({ id }) => id === params["id"]);
  if (found === undefined) throw new Refusal(404, `Archive ${params["id"] ?? ""} not found`);
  return found;
}

function attributesOf({ body }: Call): LogArchive["attributes"] {
  const { attributes } = (body as ArchiveBody).data ?? {};
  if (attributes === undefined) throw new Refusal(400, "data.attributes is missing");
  const why = whyNotLogFilter("data.attributes", attributes.query);
  if (why !== undefined) throw new Refusal(400, why);
  return attributes;
}

/** Whether Datadog can write to the bucket is not known here, as right after a creation. */
function shown({ id, attributes }: LogArchive): unknown {
  const defaults = { include_tags: false, rehydration_tags: [] };
  return { type: "archives", id, attributes: { ...defaults, ...attributes, state: "UNKNOWN" } };
}
