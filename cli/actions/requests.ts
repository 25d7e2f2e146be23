/** What most commands that print get. */
export interface StackRequest {
  readonly stack: string;

  /** Print one JSON document. */
  readonly json: boolean;
}

/** What commands that change something get. */
export interface SessionRequest {
  readonly stack: string;

  /** Print the commands instead of running them. */
  readonly dryRun: boolean;
}

/** What commands that deploy get. */
export interface DeployRequest extends SessionRequest {
  /** Show every property that changes. */
  readonly diff: boolean;
}
