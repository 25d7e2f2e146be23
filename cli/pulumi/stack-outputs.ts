import { readState, stackOutputs } from "./state-file.ts";

/** Addresses that the stack gives out, as far as they are worth showing after an update. */
export interface StackLinks {
  readonly frontEnd?: string;
  readonly dashboards: readonly string[];

  /** How many monitors have an address. */
  readonly monitors: number;
}

/**
 * Reads the stack's outputs out of its state.
 *
 * @param text a file of Pulumi's file backend, or what `pulumi stack export` prints
 */
export function stackLinks(text: string): StackLinks {
  const { frontEndUrl, dashboardUrls, monitorUrls } = stackOutputs(readState(text));
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
