/** What the pages read of the API's answers, by Datadog's own names. */
export interface Group {
  readonly name: string;
  readonly status: string;
  readonly last_triggered_ts: number | null;
  readonly last_nodata_ts: number | null;
  readonly last_resolved_ts: number | null;
  readonly last_notified_ts: number | null;
}

export interface Monitor {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly query: string;
  readonly message: string;
  readonly tags: readonly string[];
  readonly priority: number | null;
  readonly overall_state: string;
  /** ISO 8601; null where it was never evaluated. */
  readonly overall_state_modified: string | null;
  readonly options: {
    readonly thresholds?: Readonly<Record<string, number | null>>;
    readonly [name: string]: unknown;
  };
  readonly state?: { readonly groups: Readonly<Record<string, Group>> };
}

/** An event as the first version of the API answers it. */
export interface Event {
  readonly id: number;
  readonly title: string;
  readonly text: string;
  /** Seconds since 1970. */
  readonly date_happened: number;
  readonly tags: readonly string[];
  readonly alert_type: string;
  readonly priority?: string | null;
  readonly monitor_id?: number;
}

/** An event as `POST /api/v2/events/search` answers it. */
export interface FoundEvent {
  readonly id: string;
  readonly attributes: {
    readonly message?: string;
    readonly tags?: readonly string[];
    /** ISO 8601. */
    readonly timestamp: string;
    readonly attributes?: {
      readonly title?: string;
      readonly status?: string;
      readonly [name: string]: unknown;
    };
  };
}

export interface Log {
  readonly id: string;
  readonly attributes: {
    readonly timestamp: string;
    readonly message: string;
    readonly service: string;
    readonly status: string;
    readonly host: string;
    readonly tags: readonly string[];
    readonly attributes: Readonly<Record<string, unknown>>;
  };
}

export interface Page<T> {
  readonly data: readonly T[];
  readonly meta?: { readonly page?: { readonly after?: string } };
}

export interface Widget {
  readonly id?: number;
  readonly definition: Definition;
  readonly layout?: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

export interface Definition {
  readonly type: string;
  readonly title?: string;
  readonly [property: string]: unknown;
}

export interface TemplateVariable {
  readonly name: string;
  readonly prefix?: string | null;
  readonly available_values?: readonly string[] | null;
  readonly defaults?: readonly string[] | null;
  readonly default?: string | null;
}

export interface Dashboard {
  readonly id: string;
  readonly title: string;
  readonly description?: string | null;
  readonly layout_type: string;
  readonly url: string;
  readonly widgets: readonly Widget[];
  readonly template_variables?: readonly TemplateVariable[] | null;
}

export interface Slo {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly thresholds: readonly {
    readonly timeframe: string;
    readonly target: number;
    readonly warning?: number | null;
  }[];
}

/** `GET /api/v1/slo/{id}/history`. */
export interface SloHistory {
  readonly data: {
    readonly overall?: {
      readonly sli_value?: number | null;
      readonly error_budget_remaining?: Readonly<Record<string, number | null>>;
      readonly errors?: readonly { readonly error_message: string }[] | null;
    };
  };
}

/** `POST /api/v2/query/timeseries`. */
export interface TimeseriesReply {
  readonly data: {
    readonly attributes: {
      readonly series: readonly {
        readonly group_tags?: readonly string[];
        readonly query_index?: number;
        readonly unit?: readonly (Unit | null)[] | null;
      }[];
      /** Milliseconds since 1970. */
      readonly times: readonly number[];
      readonly values: readonly (readonly (number | null)[])[];
    };
  };
}

/** `POST /api/v2/query/scalar`. */
export interface ScalarReply {
  readonly data: {
    readonly attributes: {
      readonly columns: readonly (
        | {
            readonly type: "group";
            readonly name: string;
            readonly values: readonly (readonly string[])[];
          }
        | {
            readonly type: "number";
            readonly name: string;
            readonly values: readonly (number | null)[];
            readonly meta?: { readonly unit?: readonly (Unit | null)[] | null };
          }
      )[];
    };
  };
}

export interface Unit {
  readonly family: string;
  readonly name: string;
  readonly short_name?: string | null;
  readonly scale_factor: number;
}
