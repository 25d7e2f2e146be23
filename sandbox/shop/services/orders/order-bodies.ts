import { jacksonDate } from "../../formats/date.ts";
import { jacksonJson, jacksonPretty } from "../../formats/java-float.ts";
import type { HttpResponse } from "../../../http/message.ts";
import type { CustomerOrder } from "../../stores/orders-db.ts";

/** Answer to a placed order: all of it, the card in clear. */
export function placedBody(order: CustomerOrder): HttpResponse {
  return {
    status: 201,
    headers: { "content-type": "application/json;charset=UTF-8" },
    body: jacksonJson({ ...order, date: jacksonDate(order.date) }),
  };
}

const self = "http://orders";

/** What the root of Spring Data REST links to. */
export function rootBody(): HttpResponse {
  return halBody(200, {
    _links: {
      customerOrders: { href: `${self}/orders{?page,size,sort}`, templated: true },
      profile: { href: `${self}/profile` },
    },
  });
}

/** An order inside of a list or alone. Spring Data REST hides ids; the FIX build shows them. */
function halOrder(order: CustomerOrder, showIds: boolean) {
  const { id, date, customer, address, card, items, shipment, customerId, ...rest } = order;
  const href = `${self}/orders/${id}`;
  return {
    ...(showIds ? { id } : {}),
    customerId,
    customer: withoutId(customer),
    address: withoutId(address),
    card: withoutId(card),
    items: items.map(withoutId),
    shipment: shipment === null ? null : withoutId(shipment),
    date: jacksonDate(date),
    ...rest,
    _links: { self: { href }, customerOrder: { href } },
  };
}

function withoutId<T extends object>(entity: T): Partial<T> {
  const shown: Partial<T> & { id?: unknown } = { ...entity };
  delete shown.id;
  return shown;
}

function hal(value: unknown): HttpResponse {
  return halBody(200, value);
}

/** A document of Spring Data REST, which indents it. */
export function halBody(status: number, value: unknown): HttpResponse {
  return {
    status,
    headers: { "content-type": "application/hal+json;charset=UTF-8" },
    body: jacksonPretty(value),
  };
}

export function orderBody(order: CustomerOrder, showIds: boolean): HttpResponse {
  return hal(halOrder(order, showIds));
}

/** All orders of a customer: this search is not paged. */
export function searchBody(orders: readonly CustomerOrder[], url: string, showIds: boolean) {
  return hal({
    _embedded: { customerOrders: orders.map((order) => halOrder(order, showIds)) },
    _links: { self: { href: `${self}${url}` } },
  });
}

const DEFAULT_SIZE = 20;
const MAX_SIZE = 1000;

/** One page of all orders: 20 unless asked otherwise, which makes counting by list wrong. */
export function pageBody(
  orders: readonly CustomerOrder[],
  query: URLSearchParams,
  showIds: boolean,
): HttpResponse {
  const size = Math.min(wholeNumber(query.get("size")) || DEFAULT_SIZE, MAX_SIZE);
  const number = wholeNumber(query.get("page"));
  const page = orders.slice(number * size, (number + 1) * size);
  return hal({
    _embedded: { customerOrders: page.map((order) => halOrder(order, showIds)) },
    _links: {
      self: { href: `${self}/orders` },
      profile: { href: `${self}/profile/orders` },
      search: { href: `${self}/orders/search` },
    },
    page: {
      size,
      totalElements: orders.length,
      totalPages: Math.ceil(orders.length / size),
      number,
    },
  });
}

function wholeNumber(text: string | null): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}
