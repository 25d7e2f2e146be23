import type { Definition } from "../api/shapes.ts";
import type { Window } from "../time/range.ts";

/** What a widget asks, with the name that each formula is shown under. */
export interface WidgetQuery {
  readonly queries: readonly Readonly<Record<string, unknown>>[];
  readonly formulas: readonly Formula[];
  /** `line`, `bars` or `area`. */
  readonly display: string;
  readonly request: Readonly<Record<string, unknown>>;
}

export interface Formula {
  readonly formula: string;
  readonly alias?: string;
  readonly limit?: { readonly count?: number; readonly order?: "asc" | "desc" };
  readonly conditional_formats?: unknown;
  readonly number_format?: { readonly unit?: Readonly<Record<string, unknown>> };
}

export type Expand = (query: string) => string;

/** Why a widget cannot be drawn, in one line for people. */
export class NotDrawn extends Error {}

/**
 * The requests of a widget with its variables replaced.
 *
 * @throws NotDrawn where a request is of a form that the page does not know
 */
export function widgetQueries(definition: Definition, expand: Expand): readonly WidgetQuery[] {
  const { requests } = definition;
  if (!Array.isArray(requests)) throw new NotDrawn("the widget has no list of requests");
  return (requests as readonly unknown[]).map((request, index) => {
    if (!isRecord(request)) throw new NotDrawn(`requests[${index}] is not an object`);
    return widgetQuery(request, index, expand);
  });
}

function widgetQuery(
  request: Readonly<Record<string, unknown>>,
  index: number,
  expand: Expand,
): WidgetQuery {
  const display = typeof request["display_type"] === "string" ? request["display_type"] : "line";
  const { queries, formulas, q } = request;
  if (typeof q === "string") {
    const query = { name: "q1", data_source: "metrics", query: expand(q) };
    return { queries: [query], formulas: [{ formula: "q1" }], display, request };
  }
  if (!isRecords(queries)) {
    const keys = Object.keys(request).join(", ");
    throw new NotDrawn(`requests[${index}] has neither "queries" nor "q" (it has ${keys})`);
  }
  const asked = isRecords(formulas) ? (formulas as unknown as readonly Formula[]) : [];
  return {
    queries: queries.map((query) => expanded(query, expand)),
    formulas: asked.length > 0 ? asked : queries.map(({ name }) => ({ formula: String(name) })),
    display,
    request,
  };
}

function expanded(
  query: Readonly<Record<string, unknown>>,
  expand: Expand,
): Readonly<Record<string, unknown>> {
  const { query: text, search } = query;
  const inner = isRecord(search) ? search["query"] : undefined;
  return {
    ...query,
    ...(typeof text === "string" && { query: expand(text) }),
    ...(typeof inner === "string" && { search: { query: expand(inner) } }),
  };
}

/** The body of `POST /api/v2/query/timeseries`. */
export function timeseriesBody({ queries, formulas }: Asked, { from, to }: Window) {
  const asked = queries.map((query) => without(query, "aggregator"));
  const attributes = { from, to, queries: asked, formulas: formulas.map(sentFormula) };
  return { data: { type: "timeseries_request", attributes } };
}

/** The body of `POST /api/v2/query/scalar`; a metric without an aggregator is averaged, as there. */
export function scalarBody({ queries, formulas }: Asked, { from, to }: Window) {
  const asked = queries.map((query) =>
    query["data_source"] === "metrics" ? { aggregator: "avg", ...query } : query,
  );
  const attributes = { from, to, queries: asked, formulas: formulas.map(sentFormula) };
  return { data: { type: "scalar_request", attributes } };
}

export type Asked = Pick<WidgetQuery, "queries" | "formulas">;

function sentFormula({ formula, limit }: Formula) {
  return { formula, ...(limit && { limit }) };
}

function without(record: Readonly<Record<string, unknown>>, key: string) {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isRecords(value: unknown): value is readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord);
}
