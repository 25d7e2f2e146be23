import type { Answer } from "../../express/answer.ts";
import { written } from "../../express/answer.ts";
import type { Json } from "../../json.ts";
import { field, isObject, textField } from "../../json.ts";
import { always200 } from "./catalogue-routes.ts";
import type { ExpressRoute, Visit } from "./visit.ts";
import {
  callJson,
  callText,
  customerIdOf,
  inCallback,
  parsed,
  print,
  propertyOf,
  requiredSession,
} from "./visit.ts";

const USER = "http://user";

/** Customers, addresses and cards: all answers have status 200, errors included. */
export const customerRoutes: readonly ExpressRoute[] = [
  {
    method: "GET",
    path: /^\/customers\/([^/]+)$/,
    run: (visit) => {
      const { customerId } = requiredSession(visit.session, "customerId").data;
      return always200(visit, `${USER}/customers/${String(customerId)}`);
    },
  },
  {
    method: "GET",
    path: /^\/cards\/([^/]+)$/,
    run: (visit) => always200(visit, `${USER}/cards/${visit.params[0] ?? ""}`),
  },
  ...["customers", "addresses", "cards"].map((collection): ExpressRoute => ({
    method: "GET",
    path: new RegExp(`^/${collection}$`),
    run: (visit) => always200(visit, `${USER}/${collection}`),
  })),
  {
    method: "POST",
    path: /^\/customers$/,
    run: (visit) => post(visit, { label: "Customer", collection: "customers", body: visit.body }),
  },
  {
    method: "POST",
    path: /^\/addresses$/,
    run: (visit) => post(visit, { label: "Address", collection: "addresses", body: owned(visit) }),
  },
  {
    method: "POST",
    path: /^\/cards$/,
    run: (visit) => post(visit, { label: "Card", collection: "cards", body: owned(visit) }),
  },
  { method: "GET", path: /^\/address$/, run: firstAddress },
  { method: "GET", path: /^\/card$/, run: firstCard },
  ...[
    ["customers", "Customer"],
    ["addresses", "Address"],
    ["cards", "Card"],
  ].map(([collection = "", label = ""]): ExpressRoute => ({
    method: "DELETE",
    path: new RegExp(`^/${collection}/([^/]+)$`),
    run: (visit) => remove(visit, label, collection),
  })),
];

/** The body with the customer's id in it, as the user service wants it. */
function owned(visit: Visit): Json {
  const userID = customerIdOf(visit);
  return isObject(visit.body) ? { ...visit.body, userID } : visit.body;
}

interface Posted {
  readonly label: string;
  readonly collection: string;
  readonly body: Json;
}

/** Prints the whole body first: passwords and card numbers stand in the log in clear. */
async function post(visit: Visit, { label, collection, body }: Posted): Promise<Answer> {
  print(visit, `Posting ${label}: ${JSON.stringify(body)}`);
  const answer = await callJson(visit, "POST", `${USER}/${collection}`, body);
  return written(
    200,
    inCallback(() => JSON.stringify(answer.body)),
  );
}

async function remove(visit: Visit, label: string, collection: string): Promise<Answer> {
  const id = visit.params[0] ?? "";
  print(visit, `Deleting ${label} ${id}`);
  const url = `${USER}/${collection}/${id}`;
  const response = await callText(visit, { method: "DELETE", url });
  return written(200, JSON.stringify(response.body.toString("utf8")));
}

const nothing = JSON.stringify({ status_code: 500 });

async function attributesOf(
  visit: Visit,
  attribute: string,
  relation: string,
): Promise<readonly Json[]> {
  const url = `${USER}/customers/${customerIdOf(visit)}/${attribute}`;
  const response = await callText(visit, { url });
  return inCallback(() => {
    const data = parsed(response.body.toString("utf8"));
    if (field(data, "status_code") === 500) return [];
    const found = propertyOf(propertyOf(data, "_embedded"), relation);
    return Array.isArray(found) ? (found as readonly Json[]) : [];
  });
}

async function firstAddress(visit: Visit): Promise<Answer> {
  const [address] = await attributesOf(visit, "addresses", "address");
  return written(200, address === undefined ? nothing : JSON.stringify(address));
}

async function firstCard(visit: Visit): Promise<Answer> {
  const [card] = await attributesOf(visit, "cards", "card");
  if (card === undefined) return written(200, nothing);
  const number = (textField(card, "longNum") ?? "").slice(-4);
  return written(200, JSON.stringify({ number }));
}
