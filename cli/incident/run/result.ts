import type { Ledger } from "../../../sandbox/shop/ledger.ts";
import type { Clocks } from "../clocks/clocks.ts";
import { clocksOf, stillBroken } from "../clocks/clocks.ts";
import type { Evidence } from "../witness/witness.ts";
import type { Outcome, Verdict } from "./phases.ts";
import { verdictOf } from "./phases.ts";
import { failedIn } from "./observe.ts";
import type { Memory } from "./run.ts";
import type { RunOptions } from "./journal.ts";

/** What the load Job says of the orders that it sends. */
export interface LoadSequence {
  readonly seed: string;
  readonly customers: number;

  /** SHA-256 of the planned orders of each customer. */
  readonly sequence: string;

  /** Whether each customer has sent what was planned. */
  readonly kept: boolean;
}

/** Counts of what became of the orders of the time between two readings of the ledger. */
interface OrderCounts {
  readonly tried: number;
  readonly placed: number;
  readonly failed: number;
  readonly declined: number;

  /** Money taken: no order saved, saved as failed, never shipped, taken twice. */
  readonly lost: number;
  readonly paidButFailed: number;
  readonly paidNotShipped: number;
  readonly duplicated: number;
}

/** What one run found out. */
export interface RunResult {
  readonly run: string;
  readonly verdict: Verdict;
  readonly options: RunOptions;
  readonly start: string;
  readonly outcomes: readonly Outcome[];

  /** When the fault was written, and when it was proven. */
  readonly landed?: string;
  readonly proven?: string;
  readonly evidence?: Evidence;
  readonly clocks: Clocks;

  /** Who restored the shop, in words. */
  readonly restoredBy: string;
  readonly orders?: OrderCounts;
  readonly load?: LoadSequence;
  readonly notMeasured: readonly string[];
}

/** Joins what the phases left. */
export function resultOf(
  run: { readonly id: string; readonly options: RunOptions; readonly start: string },
  memory: Memory,
  outcomes: readonly Outcome[],
): RunResult {
  const { landed, witnessed, evidence, samples, ledgers, load } = memory;
  const clocks = landed === undefined ? {} : clocksOf(samples, landed);
  const orders = countsBetween(ledgers["before"], ledgers["after"]);
  return {
    run: run.id,
    verdict: verdictOf(outcomes),
    options: run.options,
    start: run.start,
    outcomes,
    ...(landed !== undefined && { landed }),
    ...(witnessed !== undefined && { proven: witnessed }),
    ...(evidence !== undefined && { evidence }),
    clocks,
    restoredBy: clocks.mitigated?.by ?? (landed === undefined ? "nothing was staged" : stillBroken),
    ...(orders !== undefined && { orders }),
    ...(load !== undefined && { load }),
    notMeasured: notMeasured({ orders, load, clocks, samples }),
  };
}

function notMeasured(known: {
  readonly orders: OrderCounts | undefined;
  readonly load: LoadSequence | undefined;
  readonly clocks: Clocks;
  readonly samples: Memory["samples"];
}): string[] {
  const alarms = known.samples.at(-1)?.alarms ?? [];
  return [
    ...(known.orders === undefined
      ? ["orders and money: the shop has no ledger outside of the sandbox"]
      : []),
    ...(known.load === undefined ? ["what the customers sent: there was no load"] : []),
    ...(known.clocks.detected === undefined
      ? ["detection: no monitor that notifies alerted while the run lasted"]
      : []),
    ...(alarms.length > 0
      ? [`when ${alarms.map(({ name }) => `"${name}"`).join(", ")} recover: the run ended before`]
      : []),
  ];
}

function countsBetween(
  before: Ledger | undefined,
  after: Ledger | undefined,
): OrderCounts | undefined {
  if (before === undefined || after === undefined) return undefined;
  const grown = (name: keyof OrderCounts & keyof Ledger) => after[name] - before[name];
  return {
    tried: grown("tried"),
    placed: grown("placed"),
    failed: failedIn(after) - failedIn(before),
    declined: grown("declined"),
    lost: grown("lost"),
    paidButFailed: grown("paidButFailed"),
    paidNotShipped: grown("paidNotShipped"),
    duplicated: grown("duplicated"),
  };
}
