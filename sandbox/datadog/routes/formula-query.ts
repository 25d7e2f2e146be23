import { everything } from "../evaluation/query/tag-filter.ts";
import { beginOf } from "../evaluation/values/interval.ts";
import type { Answer, Call } from "../http/handler.ts";
import type { LogService } from "../logs/log-service.ts";
import { type Computed, scalars, timeseries } from "../query/formula-query.ts";
import type { FormulaRequest } from "../query/formula-request.ts";
import { groupTags } from "../query/group-tags.ts";
import { querySources } from "../query/query-sources.ts";
import type { State } from "../state.ts";
import { answered } from "./metric-query.ts";

/** `POST /api/v2/query/timeseries`: one curve for each formula and group, over the same times. */
export async function queryTimeseries(
  { telemetry }: LogService,
  call: Call,
  state: State,
): Promise<Answer> {
  const { attributes } = (call.body as FormulaRequest).data;
  const sources = querySources(telemetry, state, call.now);
  const found = await answered(() => timeseries(attributes, sources));
  const curves = found.flatMap((one, index) =>
    [...one.groups]
      .filter(([, values]) => values.size > 0)
      .map(([group, values]) => ({
        series: { group_tags: tagsOf(group, one), query_index: index, unit: null },
        values: new Map([...values].map(([at, value]) => [beginOf(at, one.millis), value])),
      })),
  );
  const times = [...new Set(curves.flatMap(({ values }) => [...values.keys()]))].sort(
    (a, b) => a - b,
  );
  return {
    body: {
      data: {
        id: "0",
        type: "timeseries_response",
        attributes: {
          series: curves.map(({ series }) => series),
          times,
          values: curves.map(({ values }) => times.map((at) => values.get(at) ?? null)),
        },
      },
    },
  };
}

/** `POST /api/v2/query/scalar`: a column for each tag of the groups, and one for each formula. */
export async function queryScalars(
  { telemetry }: LogService,
  call: Call,
  state: State,
): Promise<Answer> {
  const { attributes } = (call.body as FormulaRequest).data;
  const sources = querySources(telemetry, state, call.now);
  const found = await answered(() => scalars(attributes, sources));
  const by = found.find((one) => one.by.length > 0)?.by ?? [];
  const groups = rowsOf(found, attributes.formulas?.some(({ limit }) => limit) === true);
  const tags = groups.map((group) => (group === everything ? [] : groupTags(group, by)));
  return {
    body: {
      data: {
        id: "0",
        type: "scalar_response",
        attributes: {
          columns: [
            ...by.map((key, index) => ({
              name: key,
              type: "group",
              values: tags.map((row) => [row[index]?.slice(key.length + 1) ?? ""]),
            })),
            ...found.map((one) => ({
              name: one.formula,
              type: "number",
              values: groups.map((group) => one.groups.get(group)?.get(0) ?? null),
              meta: { unit: null },
            })),
          ],
        },
      },
    },
  };
}

/** The groups of all formulas, the greatest first unless a limit has put them in order. */
function rowsOf(found: readonly Computed[], isLimited: boolean): readonly string[] {
  const groups = [...new Set(found.flatMap((one) => [...one.groups.keys()]))];
  const [first] = found;
  if (isLimited || first === undefined) return groups;
  const rank = (group: string) => first.groups.get(group)?.get(0) ?? Number.NEGATIVE_INFINITY;
  return groups.toSorted((a, b) => rank(b) - rank(a));
}

function tagsOf(group: string, { by }: Computed): readonly string[] {
  return group === everything ? [] : groupTags(group, by);
}
