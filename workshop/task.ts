import type { Action } from "./arguments.ts";
import type { PlainConfig } from "./team-config.ts";

/** What one team's process gets to do. */
export interface TeamTask {
  /** The checkout. */
  readonly root: string;
  readonly action: Action;
  readonly stack: string;

  /** Stack whose secrets the team's stack gets. */
  readonly base: string;

  /** Plain configuration of the team's stack. */
  readonly config: PlainConfig;
}

/** Line that says that the next stack may be selected. */
export const selected = "selected";

/** The line of what the engine printed that says why it failed. */
export function failureOf(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error))
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const said = lines.findLast((line) => /^(error: )?sock-shop:/.test(line));
  const rule = lines.find((line) => line.startsWith("- [mandatory]"));
  const reason =
    said ?? rule ?? lines.find((line) => /^(stderr: )?error: ./.test(line)) ?? lines[0] ?? "";
  return reason.replace(/^stderr: /, "").replace(/^error: /, "");
}
