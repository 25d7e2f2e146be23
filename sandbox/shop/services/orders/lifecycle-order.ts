import { javaToString } from "../../formats/java-throwable.ts";
import type { OrderStatus } from "../../ledger.ts";
import type { Exchange, SpringError } from "../../spring/application.ts";
import type { SpringLevel } from "../../formats/spring-boot.ts";
import type { CustomerOrder, OrderStore } from "../../stores/orders-db.ts";
import { futureException, illegalState, shortReason, timeoutMessage } from "./failures.ts";
import type { Draft, Ordering, PaymentResponse } from "./new-order.ts";
import {
  draftOrder,
  ORDERS_LOGGER,
  requestPayment,
  requestShipment,
  requireAuthorised,
  showPaymentRequest,
  showPaymentResponse,
  withStockFailures,
} from "./new-order.ts";

/** One order on its way through CREATED, PENDING, PAID and SHIPPED, or PAYMENT_FAILED. */
interface Journey {
  readonly ordering: Ordering;
  readonly exchange: Exchange;
  readonly store: OrderStore;
  readonly say: (level: SpringLevel, message: string) => void;
}

/**
 * POST /orders of the runbook's build: the order is saved before anybody is asked for money. Its
 * source is lost. What the runbook shows (success, refusal) is kept to the letter; for declines,
 * timeouts and failures of shipping see the README.
 */
export async function placeLifecycleOrder(
  ordering: Ordering,
  exchange: Exchange,
): Promise<CustomerOrder> {
  return await withStockFailures(ordering, async () => {
    const draft = await draftOrder(ordering, exchange);
    const journey: Journey = {
      ordering,
      exchange,
      store: await ordering.open(exchange),
      say: (level, message) => {
        exchange.log(level, ORDERS_LOGGER, message);
      },
    };
    const created = openOrder(journey, draft);
    const paid = await payOrder(journey, created);
    const shipment = await requestShipment(ordering, exchange, paid.customerId);
    const shipped = save(journey, { ...paid, shipment }, "SHIPPED");
    journey.say("INFO", `Order ${shipped.id} shipped successfully`);
    return shipped;
  });
}

function save(
  { ordering, exchange, store }: Journey,
  order: CustomerOrder,
  status: OrderStatus,
): CustomerOrder {
  const saved = { ...order, status };
  store.save(saved);
  ordering.deps.record({
    kind: "order-saved",
    trace: exchange.trace.traceId,
    orderId: saved.id,
    status,
  });
  return saved;
}

function openOrder(journey: Journey, draft: Draft): CustomerOrder {
  const id = journey.ordering.deps.newObjectId();
  const created = save(journey, { id, ...draft, shipment: null }, "CREATED");
  journey.say("INFO", `Order created with ID: ${id} and status: Created`);
  const pending = save(journey, created, "PENDING");
  journey.say("INFO", `Order ${id} status updated to PENDING`);
  return pending;
}

async function payOrder(journey: Journey, order: CustomerOrder): Promise<CustomerOrder> {
  const { ordering, exchange, say } = journey;
  say("INFO", `Sending payment request for order ${order.id}: ${showPaymentRequest(order)}`);
  let response: PaymentResponse;
  try {
    response = await requestPayment(ordering, exchange, order);
  } catch (error) {
    throw paymentFailed(journey, order, error);
  }
  say("INFO", `Received payment response for order ${order.id}: ${showPaymentResponse(response)}`);
  try {
    requireAuthorised(response);
  } catch (error) {
    failOrder(journey, order, response?.message ?? "null");
    throw error;
  }
  const paid = save(journey, order, "PAID");
  say("INFO", `Order ${order.id} payment successful, status updated to PAID`);
  return paid;
}

function failOrder(journey: Journey, order: CustomerOrder, reason: string): void {
  save(journey, order, "PAYMENT_FAILED");
  journey.say("WARN", `Order ${order.id} status updated to PAYMENT_FAILED due to: ${reason}`);
}

function paymentFailed(journey: Journey, order: CustomerOrder, error: unknown): SpringError {
  const exception = futureException(error);
  if (exception === undefined) throw error;
  const slow = exception.cause === undefined;
  const reported = exception.cause ?? exception;
  journey.say("ERROR", `Payment failed for order ${order.id}: ${javaToString(reported)}`);
  failOrder(journey, order, slow ? "timeout" : shortReason(reported));
  const message = slow ? timeoutMessage : `Payment service unavailable for order ${order.id}`;
  return illegalState(message, exception);
}
