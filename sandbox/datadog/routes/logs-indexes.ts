import { type Answer, type Call, Refusal } from "../http/handler.ts";
import type { LogExclusion, LogIndex } from "../log-storage.ts";
import type { State } from "../state.ts";
import { whyNotLogFilter } from "../validation/log-filter.ts";

// Answers are those of Datadog's recorded tests of its provider. That names of deleted indexes are
// taken is documented; the words of refusals, and the retention where none is given, are assumed.

type UpdateBody = Pick<LogIndex, "filter"> &
  Partial<Pick<LogIndex, "exclusion_filters" | "num_retention_days" | "daily_limit" | "tags">> & {
    disable_daily_limit?: boolean;
    daily_limit_reset?: unknown;
    daily_limit_warning_threshold_percentage?: number;
    num_flex_logs_retention_days?: number;
  };

/** Datadog's documented rule. */
const indexName = /^[a-z][-a-z0-9]*$/;
const retentionDays = 15;

export function createLogsIndex(state: State, call: Call): Answer {
  const { name, ...body } = call.body as UpdateBody & { name: string };
  const why = whyNotName(state, name);
  if (why !== undefined) throw new Refusal(400, why);
  const index = declare(name, body);
  return { body: index, state: { ...state, logIndexes: [...state.logIndexes, index] } };
}

function whyNotName({ logIndexes, deletedLogIndexes }: State, name: string): string | undefined {
  const shown = JSON.stringify(name);
  if (!indexName.test(name)) {
    return `Invalid index name ${shown}: a lowercase letter, then lowercase letters, digits and -`;
  }
  if (logIndexes.some((index) => index.name === name)) return `Index ${shown} already exists`;
  return deletedLogIndexes.includes(name)
    ? `Index ${shown} was deleted: its name cannot be used again`
    : undefined;
}

export function listLogsIndexes({ logIndexes }: State): Answer {
  return { body: { indexes: logIndexes } };
}

export function getLogsIndex(state: State, call: Call): Answer {
  return { body: find(state, call) };
}

export function updateLogsIndex(state: State, call: Call): Answer {
  const old = find(state, call);
  const index = declare(old.name, call.body as UpdateBody, old);
  const logIndexes = state.logIndexes.map((one) => (one === old ? index : one));
  return { body: index, state: { ...state, logIndexes } };
}

export function deleteLogsIndex(state: State, call: Call): Answer {
  const old = find(state, call);
  const logIndexes = state.logIndexes.filter((one) => one !== old);
  const deletedLogIndexes = [...state.deletedLogIndexes, old.name];
  return { body: {}, state: { ...state, logIndexes, deletedLogIndexes } };
}

export function getLogsIndexOrder({ logIndexes }: State): Answer {
  return { body: { index_names: logIndexes.map(({ name }) => name) } };
}

function find({ logIndexes }: State, { params }: Call): LogIndex {
  const found = logIndexes.find(({ name }) => name === params["name"]);
  if (found === undefined) throw new Refusal(404, `Index ${params["name"] ?? ""} not found`);
  return found;
}

function declare(name: string, body: UpdateBody, old?: LogIndex): LogIndex {
  const { disable_daily_limit: isUnlimited, exclusion_filters: exclusions = [], ...rest } = body;
  refuseFilters(body.filter, exclusions);
  const kept = old?.daily_limit ?? null;
  return {
    num_retention_days: retentionDays,
    tags: [],
    ...old,
    ...rest,
    name,
    is_rate_limited: false,
    exclusion_filters: exclusions,
    daily_limit: isUnlimited === true ? null : (rest.daily_limit ?? kept),
  };
}

function refuseFilters({ query = "*" }: LogIndex["filter"], exclusions: LogExclusion[]): void {
  const why = whyNotLogFilter("filter", query);
  if (why !== undefined) throw new Refusal(400, why);
  exclusions.forEach(({ filter }, index) => {
    const at = `exclusion_filters[${index}].filter`;
    const odd = whyNotLogFilter(at, filter?.query ?? "*");
    if (odd !== undefined) throw new Refusal(400, odd);
    const { sample_rate: rate = 1, sample_attribute: attribute } = filter ?? {};
    if (rate < 0 || rate > 1) {
      throw new Refusal(400, `${at}.sample_rate: expected a number from 0 to 1, got ${rate}`);
    }
    if (attribute !== undefined) {
      throw new Refusal(501, `${at}.sample_attribute: the stand-in does not know it`);
    }
  });
}
