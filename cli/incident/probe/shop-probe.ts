import { randomUUID } from "node:crypto";
import type { Control } from "../witness/witness.ts";

/** One answer of the front-end. */
interface Answer {
  readonly status: number;
  readonly text: string;

  /** Names of the cookies so far. */
  readonly cookies: readonly string[];
}

/** How an order of the probe ended. */
interface ProbeOrder {
  readonly status: number;

  /** Id of the order, where it was placed. */
  readonly id?: string;

  /** What the front-end said instead. */
  readonly message?: string;
}

/** A customer of our own, who tries the shop from outside. */
export interface ShopProbe {
  /** Tries what an incident must leave alone. */
  controls(): Promise<Control[]>;

  /** Orders one cheap item. */
  order(): Promise<ProbeOrder>;
}

/** orders answers within 5 s; some for a slow front-end, and a bound for one that hangs. */
const patienceMs = 20_000;

/** No number that could be anybody's: the shop writes it to its logs. */
const card = { longNum: "0000000000000000", expires: "12/39", ccv: "000" };
const address = {
  number: "1",
  street: "Main Street",
  city: "Springfield",
  postcode: "12345",
  country: "USA",
};

/** The dearest item that every payment authorises with the shipping of 4.99. */
const affordable = 95;

/** @param url address of the front-end */
export function shopProbe(url: string): ShopProbe {
  const ask = browser(url);
  const login = customer(ask);
  const cart = (): Promise<string | undefined> => fillCart(ask);
  return {
    controls: async () => [
      await control("login", login),
      await control("catalogue", () => catalogueProblem(ask)),
      await control("cart", cart),
    ],
    order: async () => {
      const [problem] = [await login(), await cart()].filter((one) => one !== undefined);
      if (problem !== undefined) return { status: 0, message: problem };
      const { status, text } = await ask("POST", "/orders");
      const { id, message } = jsonOf(text) as { id?: string; message?: string };
      return { status, ...(id !== undefined && { id }), ...(message !== undefined && { message }) };
    },
  };
}

type Ask = (method: string, path: string, options?: AskOptions) => Promise<Answer>;

/** Asks a server, and keeps its cookies. */
function browser(url: string): Ask {
  const jar = new Map<string, string>();
  return async (method, path, { body, headers } = {}) => {
    const reply = await fetch(new URL(path, url), {
      method,
      redirect: "manual",
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    for (const cookie of reply.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=;]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    return { status: reply.status, text: await reply.text(), cookies: [...jar.keys()] };
  };
}

/** Registers once, and logs in whenever it is asked; says what does not work. */
function customer(ask: Ask): () => Promise<string | undefined> {
  const account = { username: `probe-${randomUUID().slice(0, 13)}`, password: randomUUID() };
  const basic = Buffer.from(`${account.username}:${account.password}`).toString("base64");
  let registered = false;
  return async () => {
    if (!registered) {
      const email = `${account.username}@example.com`;
      const body = { ...account, email, firstName: "Test", lastName: "Customer" };
      const { status } = await ask("POST", "/register", { body });
      if (status !== 200) return `POST /register answers ${status}`;
      await ask("POST", "/addresses", { body: address });
      await ask("POST", "/cards", { body: card });
      registered = true;
    }
    const headers = { authorization: `Basic ${basic}` };
    const { status, cookies } = await ask("GET", "/login", { headers });
    return status === 200 && cookies.includes("logged_in")
      ? undefined
      : `GET /login answers ${status}`;
  };
}

async function catalogueProblem(ask: Ask): Promise<string | undefined> {
  const { status, text } = await ask("GET", "/catalogue");
  return itemIn(text) === undefined
    ? `GET /catalogue answers ${status} without an item below ${affordable}`
    : undefined;
}

async function fillCart(ask: Ask): Promise<string | undefined> {
  const item = itemIn((await ask("GET", "/catalogue")).text);
  await ask("DELETE", "/cart");
  const { status } = await ask("POST", "/cart", { body: { id: item } });
  if (status !== 201) return `POST /cart answers ${status}`;
  const { text } = await ask("GET", "/cart");
  return text.includes(item ?? "-") ? undefined : "GET /cart lacks what was put into it";
}

interface AskOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

async function control(
  name: Control["name"],
  attempt: () => Promise<string | undefined>,
): Promise<Control> {
  try {
    const problem = await attempt();
    return { name, ...(problem !== undefined && { problem }) };
  } catch (error) {
    const { message, cause } = error as Error;
    const { code } = (cause ?? {}) as { code?: string };
    return { name, problem: `the front-end does not answer (${code ?? message})` };
  }
}

/** Id of the first item that every payment authorises. */
function itemIn(text: string): string | undefined {
  const items = jsonOf(text);
  if (!Array.isArray(items)) return undefined;
  const known = items as { id?: string; price?: number }[];
  return known.find(({ price = 0 }) => price > 0 && price <= affordable)?.id;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
