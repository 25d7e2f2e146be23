/** What `POST /api/v2/query/timeseries` and `/scalar` are asked. */
export interface FormulaRequest {
  readonly data: {
    readonly attributes: {
      /** Milliseconds since 1970. */
      readonly from: number;
      readonly to: number;
      /** Milliseconds. */
      readonly interval?: number;
      readonly queries: readonly SourceQuery[];
      readonly formulas?: readonly Formula[];
    };
  };
}

export interface Formula {
  readonly formula: string;
  readonly limit?: { readonly count?: number; readonly order?: "asc" | "desc" };
}

export interface SourceQuery {
  readonly data_source: string;
  readonly name?: string;
  /** Of metrics. */
  readonly query?: string;
  readonly aggregator?: string;
  /** Of logs and events. */
  readonly search?: { readonly query: string };
  readonly indexes?: readonly string[];
  readonly compute?: Compute;
  readonly group_by?: readonly EventGroup[];
  /** Of SLOs. */
  readonly slo_id?: string;
  readonly measure?: string;
}

export interface Compute {
  readonly aggregation: string;
  readonly metric?: string;
  /** Milliseconds. */
  readonly interval?: number;
}

interface EventGroup {
  readonly facet: string;
  readonly limit?: number;
  readonly sort?: {
    readonly aggregation: string;
    readonly metric?: string;
    readonly order?: "asc" | "desc";
  };
}
