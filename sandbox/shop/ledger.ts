/** Life of an order in the FIX build; the stock builds save orders without one. */
export type OrderStatus = "CREATED" | "PENDING" | "PAID" | "SHIPPED" | "PAYMENT_FAILED";

/**
 * What really happened, written by the pods themselves at the moment it happened.
 *
 * `trace` is Sleuth's trace id, which orders sends to payment and shipping in the `X-B3-TraceId`
 * header: the only thing that joins an authorisation to an order, since payment never learns the
 * order's id.
 */
export type LedgerEvent =
  | { readonly kind: "order-attempted" }
  | { readonly kind: "order-answered"; readonly status: number }
  | { readonly kind: "order-received"; readonly trace: string }
  | {
      readonly kind: "order-saved";
      readonly trace: string;
      readonly orderId: string;
      readonly status?: OrderStatus;
    }
  | { readonly kind: "payment-decided"; readonly trace: string; readonly authorised: boolean }
  | { readonly kind: "shipment-accepted"; readonly trace: string };

export type RecordEvent = (event: LedgerEvent) => void;

/** The reconciled truth. All figures are counts of orders, except where the line says otherwise. */
export interface Ledger {
  /** Attempts of logged-in customers at the front-end. */
  readonly tried: number;
  /** Attempts that the front-end answered with 201. */
  readonly placed: number;
  /** Attempts that have been answered, by HTTP status. */
  readonly answered: Readonly<Record<string, number>>;
  /** Orders in orders-db; `none` are those of the stock builds, which know no status. */
  readonly saved: Readonly<Record<OrderStatus | "none", number>>;
  /** Authorisations, not orders: one order may hold several. */
  readonly authorised: number;
  /** Refusals by payment's limit. */
  readonly declined: number;
  /** Shipments that the shipping service accepted. */
  readonly shipped: number;
  /** Money taken, no order saved: the customer has nothing to complain with. */
  readonly lost: number;
  /** Money taken, order saved as PAYMENT_FAILED: a payment slower than orders waits. */
  readonly paidButFailed: number;
  /** Money taken, order saved, nothing shipped. */
  readonly paidNotShipped: number;
  /** Authorisations and saved orders beyond the first of one request. */
  readonly duplicated: number;
}

interface Request {
  authorised: number;
  shipped: number;
  readonly orders: Map<string, OrderStatus | "none">;
}

/** The running account: it keeps a few numbers per order, not the events. */
export interface LedgerBook {
  readonly record: RecordEvent;
  readonly read: () => Ledger;
}

/**
 * Opens an account. The order of events matters only per order: its last status counts. What is
 * under way counts as it stands: an order whose money is taken but which is not saved yet is lost
 * until it is saved.
 */
export function openLedger(): LedgerBook {
  const requests = new Map<string, Request>();
  const answered = new Map<number, number>();
  let tried = 0;
  let declined = 0;

  return {
    record: (event) => {
      if (event.kind === "order-attempted") tried += 1;
      else if (event.kind === "order-answered") {
        answered.set(event.status, (answered.get(event.status) ?? 0) + 1);
      } else {
        applyToRequest(requestOf(requests, event.trace), event);
        if (event.kind === "payment-decided" && !event.authorised) declined += 1;
      }
    },
    read: () => ({
      tried,
      placed: answered.get(201) ?? 0,
      answered: Object.fromEntries(answered),
      ...moneyFigures([...requests.values()]),
      declined,
    }),
  };
}

/** The account of a finished list of events. */
export function reconcile(events: Iterable<LedgerEvent>): Ledger {
  const book = openLedger();
  for (const event of events) book.record(event);
  return book.read();
}

function requestOf(requests: Map<string, Request>, trace: string): Request {
  const known = requests.get(trace);
  if (known !== undefined) return known;
  const request: Request = { authorised: 0, shipped: 0, orders: new Map() };
  requests.set(trace, request);
  return request;
}

function applyToRequest(request: Request, event: Extract<LedgerEvent, { trace: string }>): void {
  switch (event.kind) {
    case "payment-decided":
      if (event.authorised) request.authorised += 1;
      break;
    case "shipment-accepted":
      request.shipped += 1;
      break;
    case "order-saved":
      request.orders.set(event.orderId, event.status ?? "none");
      break;
    case "order-received":
      break;
  }
}

function moneyFigures(requests: readonly Request[]) {
  const saved = { CREATED: 0, PENDING: 0, PAID: 0, SHIPPED: 0, PAYMENT_FAILED: 0, none: 0 };
  for (const { orders } of requests) for (const status of orders.values()) saved[status] += 1;
  const paid = requests.filter((request) => request.authorised > 0);
  const sum = (count: (request: Request) => number) =>
    requests.reduce((total, request) => total + count(request), 0);

  return {
    saved,
    authorised: sum((request) => request.authorised),
    shipped: sum((request) => request.shipped),
    lost: paid.filter(({ orders }) => orders.size === 0).length,
    paidButFailed: paid.filter(hasOnlyFailed).length,
    paidNotShipped: paid.filter(isPaidNotShipped).length,
    duplicated: sum(({ authorised, orders }) => beyondFirst(authorised) + beyondFirst(orders.size)),
  };
}

function hasOnlyFailed({ orders }: Request): boolean {
  return orders.size > 0 && [...orders.values()].every((status) => status === "PAYMENT_FAILED");
}

function isPaidNotShipped(request: Request): boolean {
  return request.orders.size > 0 && !hasOnlyFailed(request) && request.shipped === 0;
}

function beyondFirst(count: number): number {
  return Math.max(0, count - 1);
}
