import type { Exchange } from "../../spring/application.ts";
import type { CustomerOrder } from "../../stores/orders-db.ts";
import type { Ordering } from "./new-order.ts";
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

/**
 * POST /orders of the stock builds. The order is saved last: whatever fails before, the money
 * included, leaves nothing behind.
 */
export function placeStockOrder(ordering: Ordering, exchange: Exchange): Promise<CustomerOrder> {
  return withStockFailures(ordering, async () => {
    const draft = await draftOrder(ordering, exchange);
    const say = (message: string): void => {
      exchange.log("INFO", ORDERS_LOGGER, message);
    };
    say(`Sending payment request: ${showPaymentRequest(draft)}`);
    const response = await requestPayment(ordering, exchange, draft);
    say(`Received payment response: ${showPaymentResponse(response)}`);
    requireAuthorised(response);

    const shipment = await requestShipment(ordering, exchange, draft.customerId);
    const store = await ordering.open(exchange);
    const order: CustomerOrder = { id: ordering.deps.newObjectId(), ...draft, shipment };
    store.save(order);
    ordering.deps.record({
      kind: "order-saved",
      trace: exchange.trace.traceId,
      orderId: order.id,
    });
    return order;
  });
}
