import { part, parts, setProperties } from "../api/api-names.ts";
import type { JsonMap } from "../api/json.ts";

const FORMULAS = {
  goodEventsFormula: "good_events_formula",
  totalEventsFormula: "total_events_formula",
  badEventsFormula: "bad_events_formula",
} as const;

/** `sliSpecification.count` as the API writes it: each formula is an object there. */
export function countSpecification(count: JsonMap): JsonMap {
  const formulas = Object.entries(FORMULAS).flatMap(([name, apiName]) =>
    count[name] === undefined ? [] : [[apiName, { formula: count[name] }] as const],
  );
  const queries = parts(count, "queries").map((query) =>
    setProperties(part(query, "metricQuery"), ["dataSource", "name", "query"]),
  );
  return { count: { ...Object.fromEntries(formulas), queries } };
}

/** The reverse of {@link countSpecification}. */
export function liveCountSpecification(count: JsonMap): JsonMap {
  const formulas = Object.entries(FORMULAS).map(([name, apiName]) => [
    name,
    part(count, apiName)["formula"],
  ]);
  const queries = parts(count, "queries").map((query) => ({
    metricQuery: { dataSource: query["data_source"], name: query["name"], query: query["query"] },
  }));
  return { ...(Object.fromEntries(formulas) as JsonMap), queries };
}
