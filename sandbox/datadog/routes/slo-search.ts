import { seriesOf } from "../evaluation/query/metric-expression.ts";
import { formulaOf } from "../evaluation/values/slo-burn.ts";
import { type Answer, type Call, Refusal, wholeParameter } from "../http/handler.ts";
import type { LogService } from "../logs/log-service.ts";
import { querySources, type QuerySources } from "../query/query-sources.ts";
import { sloStatuses } from "../query/slo-figures.ts";
import type { Slo, State } from "../state.ts";
import { budgetUnit } from "./slo-history.ts";

/** `GET /api/v1/slo/search`: by words of the name, tags and type; with status and budget. */
export async function searchSlos(
  { telemetry }: LogService,
  call: Call,
  state: State,
): Promise<Answer> {
  const sources = querySources(telemetry, state, call.now);
  const tests = termsOf(call.query["query"] ?? "");
  const found = state.slos.filter((slo) => tests.every((test) => test(slo)));
  const size = wholeParameter(call, "page[size]") ?? 10;
  const number = wholeParameter(call, "page[number]") ?? 0;
  if (size < 1) throw new Refusal(400, "page[size] must be at least 1");
  const shown = found.slice(number * size, (number + 1) * size);
  const last = Math.max(0, Math.ceil(found.length / size) - 1);
  return {
    body: {
      data: {
        type: "service_level_objective_search_results",
        attributes: {
          slos: await Promise.all(
            shown.map(async (slo) => ({
              data: { id: slo.id, type: "slo", attributes: await attributesOf(slo, sources) },
            })),
          ),
          ...(call.query["include_facets"] === "true" && { facets: facetsOf(found) }),
        },
      },
      meta: {
        pagination: {
          ...{ number, size, type: "number_size", total: found.length },
          ...{ first_number: 0, last_number: last },
          next_number: number + 1,
          prev_number: Math.max(0, number - 1),
        },
      },
      links: linksOf(call, number),
    },
  };
}

type Test = (slo: Slo) => boolean;

function termsOf(query: string): readonly Test[] {
  const terms = query.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  return terms.filter((term) => !/^(?:AND|\*)$/.test(term)).map(testOf);
}

/** `type:metric`, `team:x` as a tag, or a word of the name. */
function testOf(term: string): Test {
  const text = term.replaceAll(/["()]/g, "");
  const [, key, value = ""] = /^(slo_type|type|id|name):(.*)$/.exec(text) ?? [];
  if (key === "slo_type" || key === "type") return ({ type }) => type === value;
  if (key === "id") return ({ id }) => id === value;
  const word = (key === "name" ? value : text).toLowerCase();
  const isTag = key === undefined && text.includes(":");
  return (slo) => (isTag ? tagsOf(slo).includes(text) : slo.name.toLowerCase().includes(word));
}

function tagsOf(slo: Slo): readonly string[] {
  return (slo["tags"] as readonly string[] | undefined) ?? [];
}

function tagged(slo: Slo, key: string): readonly string[] {
  return tagsOf(slo).filter((tag) => tag.startsWith(`${key}:`));
}

async function attributesOf(slo: Slo, sources: QuerySources): Promise<unknown> {
  const statuses = await sloStatuses(slo, sources);
  const indexed = Math.floor(sources.now / 1000);
  const overall = statuses.map(({ threshold, state, sli, budget, rawBudget, why }) => ({
    error: why ?? (sli === undefined ? "The denominator is zero valued" : null),
    error_budget_remaining: budget ?? null,
    indexed_at: indexed,
    raw_error_budget_remaining:
      rawBudget === undefined ? null : { unit: budgetUnit(slo), value: rawBudget },
    span_precision: sli === undefined ? null : 2,
    state,
    status: sli ?? null,
    target: threshold.target,
    timeframe: threshold.timeframe,
  }));
  const first = overall.find(({ timeframe }) => timeframe === slo["timeframe"]) ?? overall[0];
  const query = queryOf(slo, sources);
  return {
    ...{ name: slo.name, description: slo["description"], creator: slo["creator"] },
    ...{ created_at: slo.created_at, modified_at: slo.modified_at, slo_type: slo.type },
    all_tags: tagsOf(slo),
    env_tags: tagged(slo, "env"),
    service_tags: tagged(slo, "service"),
    team_tags: tagged(slo, "team"),
    groups: slo["groups"] ?? null,
    monitor_ids: slo.monitor_ids ?? null,
    ...(query !== undefined && { query }),
    thresholds: slo.thresholds,
    ...{ timeframe: slo["timeframe"], target_threshold: slo["target_threshold"] },
    warning_threshold: slo["warning_threshold"] ?? null,
    overall_status: overall,
    status: first && {
      calculation_error: first.error,
      error_budget_remaining: first.error_budget_remaining,
      indexed_at: first.indexed_at,
      raw_error_budget_remaining: first.raw_error_budget_remaining,
      sli: first.status,
      span_precision: first.span_precision,
      state: first.state,
    },
  };
}

/** Addresses of the first page, this one and the next, as Datadog gives them whatever there is. */
function linksOf(call: Call, number: number): unknown {
  const page = (wanted: number) => {
    const query = new URLSearchParams({ ...call.query, "page[number]": String(wanted) });
    return `http://${call.headers.host ?? "127.0.0.1"}/api/v1/slo/search?${query.toString()}`;
  };
  const prev = number > 0 ? page(number - 1) : null;
  return { self: page(number), first: page(0), prev, next: page(number + 1), last: null };
}

function queryOf({ id }: Slo, sources: QuerySources): unknown {
  const kind = sources.slo(id)?.kind;
  if (kind === undefined || "monitors" in kind) return undefined;
  const total = formulaOf(kind.total, kind.queries);
  const metrics = typeof total === "string" ? [] : seriesOf(total).map(({ metric }) => metric);
  return { numerator: kind.good, denominator: kind.total, metrics: [...new Set(metrics)] };
}

function facetsOf(slos: readonly Slo[]): unknown {
  const counted = (names: readonly string[]) =>
    [...new Set(names)].map((name) => ({
      name,
      count: names.filter((other) => other === name).length,
    }));
  return {
    all_tags: counted(slos.flatMap(tagsOf)),
    team_tags: counted(slos.flatMap((slo) => tagged(slo, "team"))),
    service_tags: counted(slos.flatMap((slo) => tagged(slo, "service"))),
    env_tags: counted(slos.flatMap((slo) => tagged(slo, "env"))),
  };
}
