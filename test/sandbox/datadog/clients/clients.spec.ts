import { expect } from "chai";
import type { ClientRequest } from "./client-request.ts";
import { clients } from "./requests.ts";
import { declaredStandIn } from "./declared.ts";
import type { StandIn } from "../stand-in.ts";

// The requests of clients that we did not write, as their sources send them. Proves that each is
// known and taken; what the clients make of the answers, only a run of the client itself shows.

type Values = ReadonlyMap<string, string | number>;

/** A text or body with the values of the run; times in milliseconds of logs are sent as text. */
function filled(part: unknown, values: Values, isText: boolean): unknown {
  if (typeof part === "string") {
    const whole = values.get(part);
    if (whole !== undefined) return isText ? String(whole) : whole;
    return part.replaceAll(/<[a-z-]+>/g, (name) => String(values.get(name) ?? name));
  }
  if (Array.isArray(part)) return part.map((one: unknown) => filled(one, values, isText));
  if (typeof part !== "object" || part === null) return part;
  const entries = Object.entries(part).map(([key, value]) => {
    return [key, filled(value, values, key === "filter" || isText)] as const;
  });
  return Object.fromEntries(entries);
}

async function send(on: StandIn, { method, path, query, body }: ClientRequest, values: Values) {
  const search = new URLSearchParams(filled(query ?? {}, values, true) as Record<string, string>);
  const url = `${String(filled(path, values, true))}?${search.toString()}`;
  return on.send(`${method} ${url}`, body === undefined ? undefined : filled(body, values, false));
}

for (const { name, source, requests } of clients) {
  describe(`what ${name} sends (${source})`, () => {
    it("is known and taken, each request of it", async () => {
      const { on, values } = await declaredStandIn();
      const refused: string[] = [];
      for (const request of requests) {
        const { status, body } = await send(on, request, values);
        if (status >= 300) refused.push(`${request.what}: ${status} ${JSON.stringify(body)}`);
      }
      const unknown = await on.send("GET /sandbox/requests?unknown");

      expect(refused).to.deep.equal([]);
      expect(unknown.body).to.deep.equal({ requests: [] });
      expect(requests.length).to.be.greaterThan(5);
    });
  });
}

describe("a request that the stand-in does not know", () => {
  it("is refused and listed", async () => {
    const { on, values } = await declaredStandIn();
    const odd = { what: "usage", method: "GET", path: "/api/v1/usage/summary" } as const;

    expect((await send(on, odd, values)).status).to.equal(501);
    const { requests } = (await on.send("GET /sandbox/requests?unknown")).body as {
      requests: { url: string }[];
    };
    expect(requests.map(({ url }) => url)).to.deep.equal(["/api/v1/usage/summary"]);
  });
});
