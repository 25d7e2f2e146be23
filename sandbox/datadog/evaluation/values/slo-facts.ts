import type { Slo } from "../../state.ts";
import type { Bindings, SloFacts } from "./data.ts";

interface CountSpecification {
  readonly good_events_formula: { readonly formula: string };
  readonly total_events_formula: { readonly formula: string };
  readonly queries: readonly { readonly name: string; readonly query: string }[];
}

/** What an alert must know of an SLO; undefined for a kind that is not evaluated. */
export function sloFacts(slo: Slo): SloFacts | undefined {
  const kind = sloKind(slo);
  const targets = Object.fromEntries(
    slo.thresholds.map(({ timeframe, target }) => [timeframe, target / 100]),
  );
  return kind && { targets, kind };
}

function sloKind(slo: Slo): SloFacts["kind"] | undefined {
  if (slo.type === "monitor") return { monitors: slo.monitor_ids ?? [] };
  if (slo.type !== "metric") return undefined;
  const query = slo["query"] as { numerator: string; denominator: string } | undefined;
  if (query !== undefined) {
    return { good: query.numerator, total: query.denominator, queries: {} };
  }
  const specification = slo["sli_specification"] as { count?: CountSpecification } | undefined;
  return specification?.count && ofFormulas(specification.count);
}

function ofFormulas(count: CountSpecification): SloFacts["kind"] {
  const queries: Bindings = Object.fromEntries(
    count.queries.map(({ name, query }) => [name, query]),
  );
  return {
    good: count.good_events_formula.formula,
    total: count.total_events_formula.formula,
    queries,
  };
}
