import { type Endpoints, v2 } from "./http/endpoint.ts";
import { getEventV2, listEventsV2, searchEvents } from "./routes/events-search.ts";
import { queryScalars, queryTimeseries } from "./routes/formula-query.ts";
import { listLogs } from "./routes/logs-search.ts";
import { queryTimeseriesV1 } from "./routes/metric-query.ts";
import { sloHistory } from "./routes/slo-history.ts";
import { searchSlos } from "./routes/slo-search.ts";

const page = [
  "filter[query]",
  "filter[from]",
  "filter[to]",
  "sort",
  "page[cursor]",
  "page[limit]",
] as const;

/** What answers with values: of metrics, logs, events and SLOs. */
export const queryEndpoints: Endpoints = {
  "GET /api/v1/query": {
    query: ["query", "from", "to"],
    serve: queryTimeseriesV1,
    imitates: "what monitors see; roll-ups, groups, arithmetic, functions; others are 400 by name",
  },
  "POST /api/v2/query/timeseries": {
    body: v2("TimeseriesFormulaQueryRequest"),
    serve: queryTimeseries,
    imitates: "formulas over metrics, logs and events; other sources are 400 by name",
  },
  "POST /api/v2/query/scalar": {
    body: v2("ScalarFormulaQueryRequest"),
    serve: queryScalars,
    imitates: "formulas over metrics, logs, events and SLOs; other sources are 400 by name",
  },
  "GET /api/v2/logs/events": {
    query: [...page, "filter[indexes]", "filter[storage_tier]"],
    serve: listLogs,
    imitates: "the search by query parameters, with a link to the next page",
  },
  "GET /api/v2/events": {
    query: page,
    run: listEventsV2,
    imitates: "the search by query parameters, with a link to the next page",
  },
  "POST /api/v2/events/search": {
    body: v2("EventsListRequest"),
    run: searchEvents,
    imitates: "the search syntax of logs over title, text, tags, source, status; order, cursor",
  },
  "GET /api/v2/events/:id": {
    run: getEventV2,
    imitates: "as posted",
  },
  "GET /api/v1/slo/search": {
    query: ["query", "page[size]", "page[number]", "include_facets"],
    serve: searchSlos,
    imitates: "words, tags, type; status and error budget, of the three days that metrics are kept",
  },
  "GET /api/v1/slo/:id/history": {
    query: ["from_ts", "to_ts", "target", "apply_correction"],
    serve: sloHistory,
    imitates: "status, error budget and course, by the sums of burn-rate alerts; no corrections",
  },
};
