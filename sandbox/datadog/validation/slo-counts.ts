import { isObject } from "../logs/log-event.ts";

/** Numerator and denominator of an SLO that counts events. */
interface CountQuery {
  readonly numerator: string;
  readonly denominator: string;
}

/**
 * The query that Datadog answers beside a specification of events: each name in a formula is replaced by
 * its query; without a formula of all events they are the good and the bad ones.
 *
 * @returns undefined for a specification of another kind
 */
export function countQuery(specification: unknown): CountQuery | undefined {
  const count = isObject(specification) ? specification["count"] : undefined;
  if (!isObject(count)) return undefined;
  const written = (name: string) => formulaOf(count[name], count["queries"]);
  const numerator = written("good_events_formula");
  const bad = written("bad_events_formula");
  const denominator =
    written("total_events_formula") ??
    (numerator === undefined || bad === undefined ? undefined : `(${numerator}) + (${bad})`);
  return numerator === undefined || denominator === undefined
    ? undefined
    : { numerator, denominator };
}

function formulaOf(part: unknown, queries: unknown): string | undefined {
  const formula = isObject(part) ? part["formula"] : undefined;
  if (typeof formula !== "string" || !Array.isArray(queries)) return undefined;
  const texts = new Map(
    queries.filter(isObject).map(({ name, query }) => [String(name), String(query)]),
  );
  return formula.replaceAll(/[A-Za-z_]\w*/g, (name) => texts.get(name) ?? name);
}

/** Datadog looks at a slice of time every five minutes unless told otherwise. */
const sliceSeconds = 300;

/** The specification with what Datadog adds to it. */
export function completedSpecification(specification: unknown): unknown {
  const slice = isObject(specification) ? specification["time_slice"] : undefined;
  if (!isObject(specification) || !isObject(slice)) return specification;
  return { ...specification, time_slice: { query_interval_seconds: sliceSeconds, ...slice } };
}
