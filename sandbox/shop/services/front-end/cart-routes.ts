import type { Answer } from "../../express/answer.ts";
import { written } from "../../express/answer.ts";
import type { Json, JsonObject } from "../../json.ts";
import { field } from "../../json.ts";
import type { ExpressRoute, Visit } from "./visit.ts";
import {
  callJson,
  callText,
  customerIdOf,
  inCallback,
  parsed,
  print,
  propertyOf,
  textOf,
} from "./visit.ts";

const CARTS = "http://carts/carts";

export const cartRoutes: readonly ExpressRoute[] = [
  { method: "GET", path: /^\/cart$/, run: getCart },
  { method: "DELETE", path: /^\/cart$/, run: deleteCart },
  { method: "DELETE", path: /^\/cart\/([^/]+)$/, run: deleteItem },
  { method: "POST", path: /^\/cart$/, run: addItem },
  { method: "POST", path: /^\/cart\/update$/, run: updateItem },
];

async function getCart(visit: Visit): Promise<Answer> {
  const { request } = visit;
  print(visit, `Request received: ${request.url}, ${request.query.get("custId") ?? "undefined"}`);
  const customerId = customerIdOf(visit);
  print(visit, `Customer ID: ${customerId}`);
  const response = await callText(visit, { url: `${CARTS}/${customerId}/items` });
  return written(response.status, response.body.toString("utf8"));
}

async function deleteCart(visit: Visit): Promise<Answer> {
  const customerId = customerIdOf(visit);
  print(visit, `Attempting to delete cart for user: ${customerId}`);
  const { status } = await callText(visit, { method: "DELETE", url: `${CARTS}/${customerId}` });
  print(visit, `User cart deleted with status: ${status}`);
  return written(status);
}

async function deleteItem(visit: Visit): Promise<Answer> {
  print(visit, `Delete item from cart: ${visit.request.url}`);
  const url = `${CARTS}/${customerIdOf(visit)}/items/${visit.params[0] ?? ""}`;
  const { status } = await callText(visit, { method: "DELETE", url });
  print(visit, `Item deleted with status: ${status}`);
  return written(status);
}

async function addItem(visit: Visit): Promise<Answer> {
  print(visit, `Attempting to add to cart: ${JSON.stringify(visit.body)}`);
  const id = requiredField(visit.body, "id", "Must pass id of item to add");
  const customerId = customerIdOf(visit);
  const sock = await lookUpSock(visit, id);
  const body = { itemId: propertyOf(sock, "id"), unitPrice: propertyOf(sock, "price") };
  return await sendItem(visit, { method: "POST", customerId, body, expected: 201 });
}

async function updateItem(visit: Visit): Promise<Answer> {
  print(visit, `Attempting to update cart item: ${JSON.stringify(visit.body)}`);
  const id = requiredField(visit.body, "id", "Must pass id of item to update");
  const quantity = requiredField(visit.body, "quantity", "Must pass quantity to update");
  const customerId = customerIdOf(visit);
  const sock = await lookUpSock(visit, id);
  const body = {
    itemId: propertyOf(sock, "id"),
    quantity: Number.parseInt(textOf(quantity), 10),
    unitPrice: propertyOf(sock, "price"),
  };
  return await sendItem(visit, { method: "PATCH", customerId, body, expected: 202 });
}

function requiredField(body: Json, name: string, message: string): Json {
  const value = field(body, name);
  if (value === undefined || value === null) throw new Error(message);
  return value;
}

/** An unreachable catalogue ends the process: the real code parses the body before it looks. */
async function lookUpSock(visit: Visit, id: Json): Promise<Json> {
  const url = `http://catalogue/catalogue/${encodeURI(textOf(id))}`;
  const text = await callText(visit, { url }).then(
    (response) => response.body.toString("utf8"),
    () => undefined,
  );
  print(visit, text);
  return inCallback(() => parsed(String(text)));
}

interface ItemCall {
  readonly method: "PATCH" | "POST";
  readonly customerId: string;
  readonly body: JsonObject;
  readonly expected: number;
}

async function sendItem(visit: Visit, call: ItemCall): Promise<Answer> {
  const { method, customerId, body, expected } = call;
  const url = `${CARTS}/${customerId}/items`;
  print(visit, `${method} to carts: ${url} body: ${JSON.stringify(body)}`);
  const { status } = await callJson(visit, method, url, body);
  if (status !== expected) throw new Error(`Unable to add to cart. Status code: ${status}`);
  return written(status);
}
