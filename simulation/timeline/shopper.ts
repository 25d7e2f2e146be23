/** An answer of the shop, body parsed where it is JSON. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly json: unknown;
  readonly headers: Headers;
}

/** A browser: it keeps cookies. */
export interface Shopper {
  readonly cookies: Map<string, string>;
  send(method: string, path: string, body?: unknown): Promise<Reply>;
  /** Registers, and saves an address and a test card. */
  signUp(username: string): Promise<string>;
  /** Empties the cart and puts the socks in. */
  fillCart(...sockIds: readonly string[]): Promise<void>;
  order(): Promise<Reply>;
}

export const socks = {
  holy: "03fef6ac-1896-4ce8-bd69-b798f85c6e0b",
  figueroa: "819e1fbf-8b7e-4f6d-811f-693534916a8b",
  superSport: "510a0d7e-8e83-4193-b483-e27e09ddc34d",
} as const;

export const testCard = { longNum: "4111111111111111", expires: "12/30", ccv: "123" };
const testAddress = {
  number: "7",
  street: "Sandbox Street",
  city: "Testville",
  postcode: "TE57",
  country: "Nowhere",
};

export async function request(
  url: string,
  method: string,
  options: { readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<Reply> {
  const response = await fetch(url, { method, redirect: "manual", ...options });
  const text = await response.text();
  return { status: response.status, text, json: parsed(text), headers: response.headers };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function shopper(baseUrl: string): Shopper {
  const cookies = new Map<string, string>();
  const send: Shopper["send"] = async (method, path, body) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const type: Record<string, string> =
      body === undefined ? {} : { "content-type": "application/json" };
    const reply = await request(baseUrl + path, method, { headers: { cookie, ...type }, ...json });
    for (const set of reply.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    return reply;
  };

  return {
    cookies,
    send,
    signUp: async (username) => {
      const { json } = await send("POST", "/register", {
        username,
        password: "pw",
        email: `${username}@example.test`,
        firstName: "Ada",
        lastName: "Tester",
      });
      await send("POST", "/addresses", testAddress);
      await send("POST", "/cards", testCard);
      return (json as { id: string }).id;
    },
    fillCart: async (...sockIds) => {
      await send("DELETE", "/cart");
      for (const id of sockIds) await send("POST", "/cart", { id });
    },
    order: () => send("POST", "/orders"),
  };
}
