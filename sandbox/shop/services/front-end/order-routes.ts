import type { Answer } from "../../express/answer.ts";
import { errorAnswer, written } from "../../express/answer.ts";
import type { Json } from "../../json.ts";
import { field } from "../../json.ts";
import { ProcessExit } from "../service.ts";
import type { ExpressRoute, Visit } from "./visit.ts";
import {
  callJson,
  callText,
  inCallback,
  NotLoggedIn,
  parsed,
  print,
  propertyOf,
  requiredSession,
  textOf,
} from "./visit.ts";

const ORDERS = "http://orders/orders";

export const orderRoutes: readonly ExpressRoute[] = [
  { method: "GET", path: /^\/orders$/, run: listOrders },
  { method: "GET", path: /^\/orders\/.*/, run: pipeOrder },
  { method: "POST", path: /^\/orders$/, run: postOrder },
];

function loggedInCustomer(visit: Visit): string {
  print(visit, `Request received with body: ${JSON.stringify(visit.body)}`);
  if (!visit.cookies.get("logged_in")) throw new NotLoggedIn();
  return String(requiredSession(visit.session, "customerId").data.customerId);
}

/** Answers 201, a quirk of the real front-end. */
async function listOrders(visit: Visit): Promise<Answer> {
  const customerId = loggedInCustomer(visit);
  const url = `${ORDERS}/search/customerId?sort=date&custId=${customerId}`;
  const response = await callText(visit, { url });
  const text = response.body.toString("utf8");
  print(visit, `Received response: ${JSON.stringify(text)}`);
  if (response.status === 404) {
    print(visit, `No orders found for user: ${customerId}`);
    return written(201, "[]");
  }
  return inCallback(() =>
    written(
      201,
      JSON.stringify(propertyOf(propertyOf(parsed(text), "_embedded"), "customerOrders")),
    ),
  );
}

/** The pipe has no error handler: unreachable orders end the process. */
async function pipeOrder(visit: Visit): Promise<Answer> {
  const url = `http://orders${visit.request.url}`;
  const response = await callText(visit, { url }).catch((error: unknown) => {
    throw new ProcessExit(1, error instanceof Error ? (error.stack ?? "") : String(error));
  });
  const type = response.headers["content-type"] ?? "";
  const headers = { ...(type === "" ? {} : { "content-type": type }) };
  return { status: response.status, headers, body: response.body, seenByMorgan: true };
}

async function postOrder(visit: Visit): Promise<Answer> {
  const customerId = loggedInCustomer(visit);
  const { record } = visit.deps;
  record({ kind: "order-attempted" });
  let answer: Answer;
  try {
    answer = await forwardOrder(visit, customerId);
  } catch (error) {
    if (error instanceof ProcessExit || !(error instanceof Error)) throw error;
    answer = errorAnswer(error);
  }
  record({ kind: "order-answered", status: answer.status });
  return answer;
}

/** The four links that the orders service needs; the request's own body is only printed. */
interface OrderLinks {
  readonly customer: string;
  readonly address: string | null;
  readonly card: string | null;
  readonly items: string;
}

async function forwardOrder(visit: Visit, customerId: string): Promise<Answer> {
  const customer = await callText(visit, { url: `http://user/customers/${customerId}` });
  const text = customer.body.toString("utf8");
  print(visit, `Received response: ${JSON.stringify(text)}`);
  const items = `http://carts/carts/${customerId}/items`;
  const quay = visit.deps.image.family === "quay";
  const order = quay
    ? await linksByCustomer(visit, text, items)
    : await linksByHal(visit, text, items);

  print(visit, `Posting Order: ${JSON.stringify(order)}`);
  const { status, headers, body } = await callJson(visit, "POST", ORDERS, { ...order });
  const request = describedRequest(JSON.stringify(order));
  const response = { statusCode: status, body, headers, request };
  print(visit, `Order response: ${JSON.stringify(response)}`);
  print(visit, `Order response: ${JSON.stringify(body)}`);
  return inCallback(() => written(status, JSON.stringify(body)));
}

/** QUAY: address and card are addressed by the customer's id, whether they exist or not. */
async function linksByCustomer(visit: Visit, text: string, items: string): Promise<OrderLinks> {
  const id = inCallback(() => textOf(propertyOf(parsed(text), "id")));
  const links = {
    customer: `http://user/customers/${id}`,
    address: `http://user/addresses/${id}`,
    card: `http://user/cards/${id}`,
    items,
  };
  await Promise.all([
    checkedGet(visit, "addressLink: GET Request to: ", links.address),
    checkedGet(visit, "cardLink: GET Request to: ", links.card),
  ]);
  print(visit, [undefined, undefined]);
  return links;
}

/** WEAVE: the customer's HAL links lead to its addresses and cards; the first of each is taken. */
async function linksByHal(visit: Visit, text: string, items: string): Promise<OrderLinks> {
  const href = (relation: string): string =>
    inCallback(() =>
      textOf(propertyOf(propertyOf(propertyOf(parsed(text), "_links"), relation), "href")),
    );
  const customer = href("customer");
  const [addresses, cards] = await Promise.all([
    checkedGet(visit, "GET Request to: ", href("addresses")),
    checkedGet(visit, "GET Request to: ", href("cards")),
  ]);
  const links = {
    customer,
    address: firstHref(addresses, "address"),
    card: firstHref(cards, "card"),
    items,
  };
  print(visit, [undefined, undefined]);
  return links;
}

async function checkedGet(visit: Visit, label: string, url: string): Promise<Json> {
  print(visit, label + url);
  const response = await callText(visit, { url });
  const text = response.body.toString("utf8");
  print(visit, `Received response: ${JSON.stringify(text)}`);
  return inCallback(() => parsed(text));
}

function firstHref(body: Json, relation: string): string | null {
  if (field(body, "status_code") === 500) return null;
  return inCallback(() => {
    const found = propertyOf(propertyOf(body, "_embedded"), relation);
    const first = Array.isArray(found) ? (found as readonly Json[])[0] : undefined;
    if (first === undefined) return null;
    return textOf(propertyOf(propertyOf(propertyOf(first, "_links"), "self"), "href"));
  });
}

/** How the `request` library shows a request inside of its response. */
function describedRequest(body: string) {
  return {
    uri: {
      protocol: "http:",
      slashes: true,
      auth: null,
      host: "orders",
      port: 80,
      hostname: "orders",
      hash: null,
      search: null,
      query: null,
      pathname: "/orders",
      path: "/orders",
      href: ORDERS,
    },
    method: "POST",
    headers: {
      accept: "application/json",
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    },
  };
}
