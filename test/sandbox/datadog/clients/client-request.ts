/** What one command or check of a client sends, as read in its source. */
export interface ClientRequest {
  /** The command, tool or check. */
  readonly what: string;
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A client, and the version of the source that its requests were read in. */
export interface Client {
  readonly name: string;
  readonly source: string;
  readonly requests: readonly ClientRequest[];
}
