import type { Context } from "../../context/context.ts";
import type { DatadogAccess } from "../../datadog/account.ts";
import { openSession, type Session } from "../../stack/stack-session.ts";
import type { Sample } from "../clocks/clocks.ts";
import type { Check } from "../preflight/checks.ts";
import type { ShopProbe } from "../probe/shop-probe.ts";
import type { Evidence } from "../witness/witness.ts";
import type { Ledger } from "../../../sandbox/shop/ledger.ts";
import type { OrderTrace } from "../witness/order-traces.ts";
import type { Phase } from "./phases.ts";
import type { LoadSequence } from "./result.ts";
import type { RunOptions } from "./journal.ts";
import type { OpenJournal } from "./run-files.ts";

/** Where a run does its work; known once the doctor has looked. */
export interface Place {
  readonly namespace: string;

  /** Address of the front-end. */
  readonly frontEnd: string;
  readonly access: DatadogAccess;
  readonly probe: ShopProbe;
}

/** What the phases of a run leave for those after them. */
export interface Memory {
  place?: Place;
  checks: readonly Check[];
  offsets: Readonly<Record<string, number>>;

  /** Name of the monitor that ends the hold; absent where none does. */
  awaited?: string;

  /** When the healthy shop was looked at first. */
  steadyFrom?: string;
  steady?: Evidence;
  enterFrom?: string;

  /** When the fault was seen first, and what proved it. */
  landed?: string;
  witnessed?: string;
  evidence?: Evidence;
  samples: Sample[];

  /** States of the monitors at the last look, by name. */
  states: Readonly<Record<string, string>>;

  /** What the load says of itself; absent where there is none. */
  load?: LoadSequence;

  /** What orders logged of its requests. */
  traces: readonly OrderTrace[];

  /** The ledger by moment: `before`, `after`. */
  ledgers: Record<string, Ledger>;

  /** Objects of the cluster by moment: `before`, `during`, `after`, as kubectl printed them. */
  objects: Record<string, string>;
}

/** One run, as its phases see it. */
export interface Run {
  readonly id: string;

  /** Where its journal and its bundle are. */
  readonly folder: string;

  /** ISO 8601. */
  readonly start: string;
  readonly stack: string;
  readonly options: RunOptions;

  /** Text of the stack's file before the run. */
  readonly config: string;
  readonly context: Context;
  readonly write: OpenJournal["write"];
  readonly say: (line: string) => void;
  readonly interrupted: () => string | undefined;
  readonly memory: Memory;
}

export function emptyMemory(): Memory {
  return { checks: [], offsets: {}, samples: [], states: {}, traces: [], ledgers: {}, objects: {} };
}

/** A session that has read the stack's file as it is now. */
export async function sessionOf({ stack, context }: Run): Promise<Session> {
  return await openSession({ stack }, context);
}

/** @throws where the doctor did not come to it */
export function placeOf({ memory }: Run): Place {
  if (memory.place === undefined) throw new Error("the doctor did not find the shop");
  return memory.place;
}

/** Notes in the journal what was seen. */
export async function observed(run: Run, phase: Phase, what: string, facts: unknown) {
  await run.write({ kind: "observed", at: new Date().toISOString(), phase, what, facts });
}

/** Looks again and again until something is found, time is over, or somebody wants the end. */
export async function pollUntil<Found>(
  run: Run,
  { seconds, everyMs }: { readonly seconds: number; readonly everyMs: number },
  look: () => Promise<Found | undefined>,
): Promise<Found | undefined> {
  const deadline = Date.now() + seconds * 1000;
  const interruptedBefore = run.interrupted();
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() >= deadline || run.interrupted() !== interruptedBefore) return undefined;
    await run.context.sleep(Math.min(everyMs, Math.max(0, deadline - Date.now())));
  }
}
