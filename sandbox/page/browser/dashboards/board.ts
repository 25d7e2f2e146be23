import type { Definition } from "../api/shapes.ts";
import type { Window } from "../time/range.ts";
import type { Expand } from "./requests.ts";

/** What widgets need of the board that they are on. */
export interface Board {
  /** Replaces the board's variables in a query. */
  readonly expand: Expand;
  /** The time that a widget shows: its own, else the board's. */
  readonly windowOf: (definition: Definition) => Window;
  readonly signal: AbortSignal;
}

/** A widget that was drawn: what refreshes it, and how often that is worth it. */
export interface Drawn {
  readonly refresh: () => Promise<void>;
  readonly everyMs: number;
}

export type Draw = (definition: Definition, board: Board, body: HTMLElement) => Drawn;

/** Values move slowly; states have to be on screen within two seconds. */
export const valuesMs = 5000;
export const statesMs = 1000;

/** A text of a definition; undefined where there is none. */
export function textIn(definition: Definition, key: string): string | undefined {
  const value = definition[key];
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
