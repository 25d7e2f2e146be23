/** Addresses that the stack gives out, as far as they are worth showing after an update. */
export interface StackLinks {
  readonly frontEnd?: string;
  readonly dashboards: readonly string[];

  /** How many monitors have an address. */
  readonly monitors: number;
}

interface StackState {
  /** In a file of Pulumi's file backend. */
  readonly checkpoint?: { readonly latest?: Deployment };
  /** In what `pulumi stack export` prints. */
  readonly deployment?: Deployment;
}

interface Deployment {
  readonly resources?: readonly {
    readonly type: string;
    readonly outputs?: Readonly<Record<string, unknown>>;
  }[];
}

/**
 * Reads the stack's outputs out of its state.
 *
 * @param text a file of Pulumi's file backend, or what `pulumi stack export` prints
 */
export function stackLinks(text: string): StackLinks {
  const { checkpoint, deployment = checkpoint?.latest } = JSON.parse(text) as StackState;
  const stack = deployment?.resources?.find(({ type }) => type === "pulumi:pulumi:Stack");
  const { frontEndUrl, dashboardUrls, monitorUrls } = stack?.outputs ?? {};
  return {
    ...(typeof frontEndUrl === "string" && { frontEnd: frontEndUrl }),
    dashboards: textsOf(dashboardUrls),
    monitors: textsOf(monitorUrls).length,
  };
}

/** A secret output is an object of other things than texts. */
function textsOf(output: unknown): string[] {
  if (typeof output !== "object" || output === null) return [];
  return Object.values(output).filter((value) => typeof value === "string");
}
