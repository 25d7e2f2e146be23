import { type Answer, type Call, Refusal, wholeParameter } from "../http/handler.ts";
import { giveId, hexId } from "../ids.ts";
import { sloAlerts } from "../validation/monitors.ts";
import { completedSpecification, countQuery } from "../validation/slo-counts.ts";
import { type SloBody, whyNotSlo } from "../validation/slos.ts";
import { replaced, type Slo, type SloThreshold, type State, without } from "../state.ts";

export function createSlo(state: State, call: Call): Answer {
  const given = giveId(state);
  const slo = declare(state, hexId("slo", given.number), call);
  return { body: single([slo]), state: { ...given.state, slos: [...state.slos, slo] } };
}

export function listSlos(state: State, call: Call): Answer {
  const ids = call.query["ids"]?.split(",");
  if (ids !== undefined && new Set(ids).size < ids.length) {
    throw new Refusal(400, "All items in parameter ids must be unique");
  }
  const found = state.slos.filter((slo) => ids?.includes(slo.id) ?? fits(slo, call));
  if (ids !== undefined && found.length === 0) {
    throw new Refusal(404, `no SLOs found for ids: ${ids.join(", ")} not found`);
  }
  const offset = wholeParameter(call, "offset") ?? 0;
  const limit = wholeParameter(call, "limit") ?? found.length;
  return { body: single(found.slice(offset, offset + limit)) };
}

/** Words of the name, tags with commas between them, words of the metric queries: all must hold. */
function fits(slo: Slo, { query }: Call): boolean {
  const { query: name = "", tags_query: tags = "", metrics_query: metrics = "" } = query;
  const own = (slo["tags"] as readonly string[] | undefined) ?? [];
  const wanted = tags.split(",").filter((tag) => tag.trim() !== "");
  const queries = JSON.stringify([slo["query"] ?? "", slo["sli_specification"] ?? ""]);
  return (
    slo.name.toLowerCase().includes(name.toLowerCase()) &&
    wanted.every((tag) => own.includes(tag.trim())) &&
    queries.includes(metrics)
  );
}

export function getSlo(state: State, call: Call): Answer {
  const slo = find(state, call.params["id"] ?? "");
  const alerts = sloAlerts(state, slo.id).map(({ id }) => id);
  const isAsked = call.query["with_configured_alert_ids"] === "true";
  return { body: single(isAsked ? { ...slo, configured_alert_ids: alerts } : slo) };
}

export function updateSlo(state: State, call: Call): Answer {
  const old = find(state, call.params["id"] ?? "");
  const slo = { ...declare(state, old.id, call), created_at: old.created_at };
  if (slo.type !== old.type) {
    throw new Refusal(400, `Invalid payload: type cannot change from "${old.type}"`);
  }
  const slos = replaced(state.slos, slo);
  return { body: single([slo]), state: { ...state, slos } };
}

export function deleteSlo(state: State, call: Call): Answer {
  const { id } = find(state, call.params["id"] ?? "");
  const reference = call.query["force"] === "true" ? undefined : referenceTo(state, id);
  if (reference !== undefined) {
    return { status: 409, body: { data: [], errors: { [id]: reference } } };
  }
  const slos = without(state.slos, id);
  return { body: single([id]), state: { ...state, slos } };
}

export function canDeleteSlos(state: State, call: Call): Answer {
  const ids = (call.query["ids"] ?? "").split(",").map((id) => find(state, id).id);
  const held = ids.flatMap((id) => {
    const reference = referenceTo(state, id);
    return reference === undefined ? [] : [[id, reference] as const];
  });
  const denied = held.map(([id]) => id);
  return {
    status: denied.length > 0 ? 409 : 200,
    body: {
      data: { ok: ids.filter((id) => !denied.includes(id)), denied_ids: denied },
      errors: denied.length > 0 ? Object.fromEntries(held) : null,
    },
  };
}

/** Removes thresholds by time frame; an SLO that has none left is deleted. */
export function bulkDeleteSlos(state: State, call: Call): Answer {
  const wanted = Object.entries(call.body as Record<string, string[]>);
  const missing = wanted.filter(([id]) => !state.slos.some((slo) => slo.id === id));
  const slos = state.slos.map((slo) => {
    const frames = wanted.find(([id]) => id === slo.id)?.[1] ?? [];
    const thresholds = slo.thresholds.filter(({ timeframe }) => !frames.includes(timeframe));
    return thresholds.length === slo.thresholds.length ? slo : { ...slo, thresholds };
  });
  const changed = slos.filter((slo) => !state.slos.includes(slo));
  return {
    body: {
      data: {
        deleted: changed.filter(({ thresholds }) => thresholds.length === 0).map(({ id }) => id),
        updated: changed.filter(({ thresholds }) => thresholds.length > 0).map(({ id }) => id),
      },
      errors: missing.map(([id]) => ({ id, message: `SLO not found: ${id}`, timeframe: "all" })),
    },
    state: { ...state, slos: slos.filter(({ thresholds }) => thresholds.length > 0) },
  };
}

function single(data: unknown): unknown {
  return { data, error: null };
}

function find(state: State, id: string): Slo {
  const slo = state.slos.find((candidate) => candidate.id === id);
  if (slo === undefined) {
    throw new Refusal(404, `SLO not found: ${id} not found`);
  }
  return slo;
}

function referenceTo(state: State, id: string): string | undefined {
  const alerts = sloAlerts(state, id).map((monitor) => `[${monitor.id},${monitor.name}]`);
  return alerts.length === 0
    ? undefined
    : `SLO [${id}] is referenced in monitors: ${alerts.join(", ")}`;
}

const typeIds: Partial<Record<string, number>> = { monitor: 0, metric: 1, time_slice: 2 };

function declare(state: State, id: string, call: Call): Slo {
  const body = call.body as SloBody;
  const why = whyNotSlo(state, body);
  if (why !== undefined) {
    throw new Refusal(400, `Invalid payload: ${why}`);
  }
  const { name, type, query, sli_specification: specification, groups, thresholds } = body;
  const counted = query ?? countQuery(specification);
  const seconds = Math.floor(call.now.getTime() / 1000);
  return {
    id,
    name,
    type,
    type_id: typeIds[type],
    description: body.description ?? "",
    tags: body.tags ?? [],
    monitor_tags: [],
    ...(type === "monitor" ? { monitor_ids: body.monitor_ids ?? [] } : {}),
    ...(counted ? { query: counted } : {}),
    ...(specification ? { sli_specification: completedSpecification(specification) } : {}),
    ...(groups ? { groups } : {}),
    thresholds: thresholds.map(displayed),
    ...primary(body),
    creator: { name: "Datadog stand-in", handle: null, email: "stand-in@sandbox.invalid" },
    created_at: seconds,
    modified_at: seconds,
  };
}

/** The time frame that Datadog shows first: the one named, else that of the first threshold. */
function primary({ timeframe, thresholds }: SloBody): Record<string, unknown> {
  const named = thresholds.find((threshold) => threshold.timeframe === timeframe);
  const { target, warning, timeframe: frame } = named ?? thresholds[0] ?? {};
  const known = { timeframe: frame, target_threshold: target };
  return typeof warning === "number" ? { ...known, warning_threshold: warning } : known;
}

function displayed(threshold: SloThreshold): SloThreshold {
  const { target, warning } = threshold;
  const shown = { ...threshold, target_display: display(target) };
  return typeof warning === "number" ? { ...shown, warning_display: display(warning) } : shown;
}

/** `99.5` stays, `99` becomes `99.`, as Datadog writes it. */
function display(value: number): string {
  return Number.isInteger(value) ? `${value}.` : String(value);
}
