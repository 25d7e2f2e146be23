import type { Ledger } from "../../../sandbox/shop/ledger.ts";
import type { OrderTrace } from "../witness/order-traces.ts";

/** An order as the API of orders has it. */
export interface SavedOrder {
  readonly id?: string;
  readonly status?: string;
  readonly total?: number;
  readonly date?: string;
  readonly [field: string]: unknown;
}

/** What became of the orders that failed; the document is never empty, even where none did. */
export interface FailedOrders {
  /** Saved as PAYMENT_FAILED: only the runbook's build of orders saves them. */
  readonly saved: readonly SavedOrder[];

  /** Requests that ended with an error; the stock builds save nothing of them. */
  readonly requests: readonly OrderTrace[];

  /** The export against the ledger; absent where the shop has none. */
  readonly check?: readonly Compared[];
}

interface Compared {
  readonly what: string;
  readonly exported: number;
  readonly ledger: number;
  readonly agrees: boolean;
}

/** Joins what was saved, what was logged and what the ledger says. */
export function failedOrders(
  orders: readonly SavedOrder[],
  traces: readonly OrderTrace[],
  ledgers: { readonly before?: Ledger; readonly after?: Ledger },
): FailedOrders {
  const saved = orders.filter(({ status }) => status === "PAYMENT_FAILED");
  const requests = traces.filter(({ failure }) => failure !== undefined);
  const { before, after } = ledgers;
  if (before === undefined || after === undefined) return { saved, requests };
  const failures = (answered: Ledger["answered"]) => answered["500"] ?? 0;
  return {
    saved,
    requests,
    check: [
      compared(
        "orders saved as PAYMENT_FAILED",
        saved.length,
        after.saved.PAYMENT_FAILED - before.saved.PAYMENT_FAILED,
      ),
      compared(
        "attempts that were answered with 500",
        requests.length,
        failures(after.answered) - failures(before.answered),
      ),
    ],
  };
}

function compared(what: string, exported: number, ledger: number): Compared {
  return { what, exported, ledger, agrees: exported === ledger };
}
