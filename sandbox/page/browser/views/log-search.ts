import { post } from "../api/client.ts";
import type { Log, Page, TimeseriesReply } from "../api/shapes.ts";
import { type Graph, graphOfReplies } from "../dashboards/curves.ts";
import { timeseriesBody } from "../dashboards/requests.ts";
import { reservedFacets } from "../logs/facets.ts";
import type { Window } from "../time/range.ts";

export interface LogPage {
  readonly logs: readonly Log[];
  /** Where the next page begins; absent after the last. */
  readonly after?: string;
}

interface Question {
  readonly query: string;
  readonly window: Window;
  readonly signal: AbortSignal;
}

function filterOf({ query, window: { from, to } }: Question) {
  return { query: query === "" ? "*" : query, from: String(from), to: String(to) };
}

/** One page of the logs that a search finds, the newest first. */
export async function findLogs(
  question: Question,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string },
): Promise<LogPage> {
  const page = { limit, ...(cursor !== undefined && { cursor }) };
  const body = { filter: filterOf(question), sort: "-timestamp", page };
  const { data, meta } = await post<Page<Log>>("/api/v2/logs/events/search", body, question.signal);
  const after = meta?.page?.after;
  return { logs: data, ...(after !== undefined && { after }) };
}

interface Buckets {
  readonly data: {
    readonly buckets: readonly {
      readonly by: Readonly<Record<string, string>>;
      readonly computes: Readonly<Record<string, number | null>>;
    }[];
  };
}

/** The most frequent values of a facet with their counts. */
export async function countFacet(
  question: Question,
  facet: string,
): Promise<readonly (readonly [value: string, count: number])[]> {
  const body = {
    filter: filterOf(question),
    compute: [{ aggregation: "count" }],
    group_by: [{ facet, limit: 10, sort: { order: "desc" } }],
  };
  const path = "/api/v2/logs/analytics/aggregate";
  const { data } = await post<Buckets>(path, body, question.signal);
  return data.buckets.map(({ by, computes }) => [by[facet] ?? "", Object.values(computes)[0] ?? 0]);
}

/** How many logs there were over time, by status. */
export async function countOverTime(question: Question): Promise<Graph> {
  const query = {
    name: "q1",
    data_source: "logs",
    indexes: ["*"],
    search: { query: filterOf(question).query },
    compute: { aggregation: "count" },
    group_by: [
      { facet: reservedFacets[1], limit: 10, sort: { aggregation: "count", order: "desc" } },
    ],
  };
  const formulas = [{ formula: "q1", alias: "logs" }];
  const body = timeseriesBody({ queries: [query], formulas }, question.window);
  const reply = await post<TimeseriesReply>("/api/v2/query/timeseries", body, question.signal);
  return graphOfReplies([{ reply, formulas, display: "bars" }]);
}
