import { Unread } from "../evaluation/query/unread.ts";
import type { Span } from "../evaluation/values/data.ts";
import { shareOf } from "../evaluation/values/slo-burn.ts";
import type { SourceQuery } from "./formula-request.ts";
import type { QuerySources } from "./query-sources.ts";

/** A figure of an SLO over a window, by the sums that its burn-rate alerts use. */
export async function sloFigure(
  { slo_id: id = "", measure = "slo_status" }: SourceQuery,
  span: Span,
  sources: QuerySources,
): Promise<number> {
  const facts = sources.slo(id);
  if (facts === undefined) throw new Unread(`no SLO "${id}" that is understood here`);
  const share = await shareOf(facts.kind, span, { ...sources, sources });
  if (typeof share === "string") throw new Unread(share);
  const { good, total } = share;
  switch (measure) {
    case "good_events":
      return good;
    case "bad_events":
      return total - good;
    case "slo_status":
      return total === 0 ? 100 : (100 * good) / total;
    default:
      throw new Unread(`the measure ${measure} of an SLO is not understood here`);
  }
}
