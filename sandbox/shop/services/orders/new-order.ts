import { millis, within } from "../../clock.ts";
import { jacksonJson } from "../../formats/java-float.ts";
import { stackTrace } from "../../formats/java-throwable.ts";
import type { Json } from "../../json.ts";
import { field, textField } from "../../json.ts";
import type { Exchange } from "../../spring/application.ts";
import { requestJson } from "../../spring/application.ts";
import type { CustomerOrder, OrderStore, Shipment } from "../../stores/orders-db.ts";
import { uuid } from "../../pod/identity.ts";
import type { ServiceDeps } from "../service.ts";
import type { AsyncGet } from "./async-get.ts";
import { addressType, cardType, customerType } from "./entities.ts";
import { futureException, notAcceptable, stockFailure } from "./failures.ts";
import { orderTotal } from "./total.ts";

export const ORDERS_LOGGER = "works.weave.socks.orders.controllers.OrdersController";

/** What the stock and the FIX build of POST /orders share. */
export interface Ordering {
  readonly deps: ServiceDeps;
  readonly asyncGet: AsyncGet;
  /** Longest wait for each dependency, in milliseconds. */
  readonly timeoutMs: number;
  /** The QUAY builds log and print more than WEAVE's. */
  readonly verbose: boolean;
  readonly open: (exchange: Exchange) => Promise<OrderStore>;
}

/** An order after its look-ups, before anybody was asked for money. */
export type Draft = Omit<CustomerOrder, "id" | "shipment" | "status">;

/** Looks customer, address, card and items up, all four at once, and adds the total up. */
export async function draftOrder(ordering: Ordering, exchange: Exchange): Promise<Draft> {
  const { deps, asyncGet, timeoutMs, verbose } = ordering;
  const wanted = requiredLinks(requestJson(exchange.request));
  const say = (message: string): void => {
    if (verbose) exchange.log("INFO", ORDERS_LOGGER, message);
  };
  say("Starting calls addressFuture");
  const addressFuture = asyncGet.resource(exchange, wanted.address, addressType);
  say("Starting calls customerFuture");
  const customerFuture = asyncGet.resource(exchange, wanted.customer, customerType);
  say("Starting calls cardFuture");
  const cardFuture = asyncGet.resource(exchange, wanted.card, cardType);
  say("Starting calls itemsFuture");
  const itemsFuture = asyncGet.items(exchange, wanted.items);
  say("End of calls.");

  const wait = <T>(promise: Promise<T>): Promise<T> => within(deps.clock, timeoutMs, promise);
  const items = await wait(itemsFuture);
  const { content: address } = await wait(addressFuture);
  const { content: card } = await wait(cardFuture);
  const { content: customer, links } = await wait(customerFuture);
  const self = links.find(([relation]) => relation === "self")?.[1] ?? "";
  return {
    customerId: /[\w-]+$/.exec(self)?.[0] ?? "",
    customer,
    address,
    card,
    items,
    date: millis(deps.clock),
    total: orderTotal(items),
  };
}

function requiredLinks(body: Json) {
  const { customer, address, card, items } = {
    customer: textField(body, "customer"),
    address: textField(body, "address"),
    card: textField(body, "card"),
    items: textField(body, "items"),
  };
  if (customer && address && card && items) return { customer, address, card, items };
  throw notAcceptable(
    "InvalidOrder",
    "Invalid order request. Order requires customer, address, card and items.",
  );
}

/** `PaymentRequest{…}` as the log shows it: the card in clear, the amount not at all. */
export function showPaymentRequest({ address, card, customer }: Draft): string {
  const shown = [
    `address=${addressType.show(address)}`,
    `card=${cardType.show(card)}`,
    `customer=${customerType.show(customer)}`,
  ];
  return `PaymentRequest{${shown.join(", ")}}`;
}

/** payment's answer; `null` where its body was empty. */
export type PaymentResponse = { readonly authorised: boolean; readonly message: string } | null;

export async function requestPayment(
  { deps, asyncGet, timeoutMs }: Ordering,
  exchange: Exchange,
  { address, card, customer, total }: Draft,
): Promise<PaymentResponse> {
  const body = jacksonJson({ address, card, customer, amount: total });
  const future = asyncGet.post(exchange, "http://payment/paymentAuth", body);
  const response = await within(deps.clock, timeoutMs, future);
  if (response === null) return null;
  return {
    authorised: field(response, "authorised") === true,
    message: textField(response, "message") ?? "null",
  };
}

export function showPaymentResponse(response: PaymentResponse): string {
  if (response === null) return "null";
  return `PaymentResponse{authorised=${response.authorised}, message=${response.message}}`;
}

/** Throws the 406 that a declined payment becomes. */
export function requireAuthorised(response: PaymentResponse): void {
  if (response?.authorised === true) return;
  const message = response?.message ?? "Unable to parse authorisation packet";
  throw notAcceptable("PaymentDeclined", message);
}

export async function requestShipment(
  { deps, asyncGet, timeoutMs }: Ordering,
  exchange: Exchange,
  customerId: string,
): Promise<Shipment> {
  const asked = { id: uuid(deps.random), name: customerId };
  const future = asyncGet.post(exchange, "http://shipping/shipping", JSON.stringify(asked));
  const answer = await within(deps.clock, timeoutMs, future);
  return {
    id: textField(answer, "id") ?? asked.id,
    name: textField(answer, "name") ?? asked.name,
  };
}

/**
 * The controller's catch blocks: failures of calls become the two stock messages. The QUAY builds
 * print the stack trace on stderr first, without any header.
 */
export async function withStockFailures<T>(
  { deps, verbose }: Ordering,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const exception = futureException(error);
    if (exception === undefined) throw error;
    if (verbose) deps.log("stderr", stackTrace(exception));
    throw stockFailure(exception);
  }
}
