/** What one `pulumi up` is to do. */
export interface UpOptions {
  readonly stack: string;

  /** State to set the flag to; the flag is saved in the stack's file before anything changes. */
  readonly incident?: string;

  /** Compare with what really runs first. */
  readonly refresh?: boolean;

  /** Show every property that changes. */
  readonly diff?: boolean;
}

/**
 * Arguments of `pulumi up`. The update prints the same steps as a preview and a preview costs a
 * second run of the program, so it is skipped; `pulumi preview` in `lab shell` asks without acting.
 */
export function upArguments({ stack, incident, refresh, diff }: UpOptions): string[] {
  return [
    "up",
    "--stack",
    stack,
    "--yes",
    "--skip-preview",
    ...(incident === undefined ? [] : ["--config", `incident=${incident}`]),
    ...(refresh === true ? ["--refresh"] : []),
    ...(diff === true ? ["--diff"] : []),
  ];
}

export function createStackArguments(stack: string): string[] {
  return ["stack", "select", "--create", stack];
}

export function destroyArguments(stack: string): string[] {
  return ["destroy", "--stack", stack, "--yes", "--skip-preview"];
}

/** Drops the locks of an update that died. */
export function cancelArguments(stack: string): string[] {
  return ["cancel", "--stack", stack, "--yes"];
}

/** Where a resource is whose creation was interrupted. */
export interface Adoption {
  readonly urn: string;
  /** The provider's id of the resource that was found. */
  readonly id: string;
}

/**
 * Reads back what an interrupted update touched: creations that went through are adopted, the
 * others are dropped, and everything else is read again.
 */
export function mendArguments(stack: string, adoptions: readonly Adoption[]): string[] {
  const pairs = adoptions.flatMap(({ urn, id }) => [urn, id]);
  return [
    "refresh",
    "--stack",
    stack,
    "--yes",
    "--skip-preview",
    ...pairs.flatMap((part) => ["--import-pending-creates", part]),
    "--clear-pending-creates",
  ];
}
