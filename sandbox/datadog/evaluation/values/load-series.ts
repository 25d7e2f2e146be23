import { type Expression, seriesOf } from "../query/metric-expression.ts";
import type { Series, Sources, Span } from "./data.ts";
import type { SeriesFor } from "./metric-value.ts";

/** The series that expressions name, each metric read once. */
export async function loadSeries(
  expressions: readonly Expression[],
  sources: Pick<Sources, "series">,
  span: Span,
): Promise<SeriesFor> {
  const names = new Set(expressions.flatMap(seriesOf).map(({ metric }) => metric));
  const series = new Map<string, readonly Series[]>(
    await Promise.all(
      [...names].map(async (name) => [name, await sources.series(name, span)] as const),
    ),
  );
  return ({ metric }) => series.get(metric) ?? [];
}
