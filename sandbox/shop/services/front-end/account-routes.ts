import type { Answer } from "../../express/answer.ts";
import { ended, sent } from "../../express/answer.ts";
import type { Json } from "../../json.ts";
import { isObject } from "../../json.ts";
import { millis } from "../../clock.ts";
import type { ExpressRoute, Visit } from "./visit.ts";
import {
  callJson,
  callText,
  inCallback,
  parsed,
  print,
  propertyOf,
  requiredSession,
  textOf,
} from "./visit.ts";

const HOUR_MS = 3_600_000;

/** Logging in and registering: both end in a `logged_in` cookie and a merged cart. */
export const accountRoutes: readonly ExpressRoute[] = [
  { method: "GET", path: /^\/login$/, run: login },
  { method: "POST", path: /^\/register$/, run: register },
];

async function login(visit: Visit): Promise<Answer> {
  print(visit, "Received login request");
  let customerId: string;
  try {
    customerId = await loginCustomer(visit);
  } catch (error) {
    if (!(error instanceof Refused) && !isSocketError(error)) throw error;
    print(visit, `Error with log in: ${shownReason(error)}`);
    return ended(401);
  }
  // The cart does not hinder a login: its failure is only printed.
  await mergeCarts(visit, customerId).catch((error: unknown) => {
    print(visit, error);
  });
  print(visit, "Carts merged.");
  print(visit, "Sent cookies.");
  return sent(200, "Cookie is set", loggedIn(visit));
}

async function loginCustomer(visit: Visit): Promise<string> {
  const { authorization } = visit.request.headers;
  const response = await callText(visit, {
    url: "http://user/login",
    headers: authorization === undefined ? {} : { authorization },
  });
  const text = response.body.toString("utf8");
  if (response.status !== 200 || text === "") {
    print(visit, String(response.status));
    throw new Refused();
  }
  print(visit, text);
  return inCallback(() => remember(visit, propertyOf(propertyOf(parsed(text), "user"), "id")));
}

async function register(visit: Visit): Promise<Answer> {
  print(visit, `Posting Customer: ${JSON.stringify(visit.body)}`);
  try {
    const customerId = await registerCustomer(visit);
    await mergeCarts(visit, customerId);
    print(visit, "Carts merged.");
    print(visit, `set cookie${customerId}`);
    print(visit, "Sent cookies.");
    return sent(200, { id: customerId }, loggedIn(visit));
  } catch (error) {
    if (!(error instanceof Refused) && !isSocketError(error)) throw error;
    print(visit, `Error with log in: ${shownReason(error)}`);
    return ended(500);
  }
}

async function registerCustomer(visit: Visit): Promise<string> {
  const { status, body } = await callJson(visit, "POST", "http://user/register", visit.body);
  if (status !== 200 || body === undefined || body === "") {
    print(visit, String(status));
    throw new Refused();
  }
  print(visit, body);
  return inCallback(() => remember(visit, isObject(body) ? body["id"] : undefined));
}

/** The user service said no. */
class Refused extends Error {}

function isSocketError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

/** The real code passes `true` on as its error. */
function shownReason(error: Error): string {
  return error instanceof Refused ? "true" : `Error: ${error.message}`;
}

function remember(visit: Visit, id: Json | undefined): string {
  const customerId = textOf(id);
  print(visit, customerId);
  const session = requiredSession(visit.session, "customerId");
  session.update({ ...session.data, customerId });
  return customerId;
}

async function mergeCarts(visit: Visit, customerId: string): Promise<void> {
  const sessionId = requiredSession(visit.session, "id").id;
  print(visit, `Merging carts for customer id: ${customerId} and session id: ${sessionId}`);
  await callText(visit, {
    url: `http://carts/carts/${customerId}/merge?sessionId=${sessionId}`,
  });
}

function loggedIn({ deps, session }: Visit) {
  const expires = new Date(millis(deps.clock) + HOUR_MS).toUTCString();
  const id = requiredSession(session, "id").id;
  const cookie = `logged_in=${encodeURIComponent(id)}; Max-Age=3600; Path=/; Expires=${expires}`;
  return { "set-cookie": [cookie] };
}
