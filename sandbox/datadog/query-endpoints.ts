import { type Endpoints, v2 } from "./http/endpoint.ts";
import { queryScalars, queryTimeseries } from "./routes/formula-query.ts";
import { queryTimeseriesV1 } from "./routes/metric-query.ts";

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
};
