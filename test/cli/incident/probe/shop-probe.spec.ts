import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { shopProbe } from "../../../../cli/incident/probe/shop-probe.ts";

/** A front-end that answers as it is told, by `METHOD /path`. */
type Answers = Readonly<Record<string, readonly [status: number, body: string, cookie?: string]>>;

const items = '[{"id":"dear","price":99.99},{"id":"cheap","price":14}]';
const healthy: Answers = {
  "POST /register": [200, '{"id":"1"}'],
  "POST /addresses": [200, "{}"],
  "POST /cards": [200, "{}"],
  "GET /login": [200, "Cookie is set", "logged_in=abc; Path=/"],
  "GET /catalogue": [200, items],
  "DELETE /cart": [202, ""],
  "POST /cart": [201, ""],
  "GET /cart": [200, '[{"itemId":"cheap","quantity":1}]'],
  "POST /orders": [201, '{"id":"6900953ac1f4320001b50703"}'],
};

describe("a customer of the run's own", () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  async function serve(changes: Answers = {}) {
    const asked: string[] = [];
    server = createServer((request, response) => {
      const what = `${request.method ?? ""} ${request.url ?? ""}`;
      asked.push(request.headers.cookie?.includes("logged_in") ? `${what} (logged in)` : what);
      const [status, body, cookie] = { ...healthy, ...changes }[what] ?? [404, ""];
      response.writeHead(status, cookie === undefined ? {} : { "set-cookie": cookie }).end(body);
    });
    await new Promise<void>((listen) => server?.listen(0, "127.0.0.1", listen));
    const { port } = server.address() as AddressInfo;
    return { probe: shopProbe(`http://127.0.0.1:${port}/`), asked };
  }

  it("finds nothing wrong with a healthy shop, and orders one cheap item", async () => {
    const { probe, asked } = await serve();

    expect(await probe.controls()).to.deep.equal([
      { name: "login" },
      { name: "catalogue" },
      { name: "cart" },
    ]);
    expect(await probe.order()).to.deep.equal({ status: 201, id: "6900953ac1f4320001b50703" });
    expect(asked.filter((one) => one.startsWith("POST /register"))).to.have.length(1);
    expect(asked.at(-1)).to.equal("POST /orders (logged in)");
  });

  const broken: readonly [string, Answers, string, string][] = [
    ["the login is refused", { "GET /login": [401, ""] }, "login", "GET /login answers 401"],
    ["nobody can register", { "POST /register": [500, ""] }, "login", "POST /register answers 500"],
    [
      "the catalogue is empty",
      { "GET /catalogue": [200, "[]"] },
      "catalogue",
      "GET /catalogue answers 200 without an item below 95",
    ],
    ["the cart takes nothing", { "POST /cart": [500, ""] }, "cart", "POST /cart answers 500"],
    [
      "the cart forgets",
      { "GET /cart": [200, "[]"] },
      "cart",
      "GET /cart lacks what was put into it",
    ],
  ];
  for (const [name, changes, control, problem] of broken) {
    it(`says that ${name}`, async () => {
      const { probe } = await serve(changes);

      expect(await probe.controls()).to.deep.include({ name: control, problem });
    });
  }

  it("gives the message of an order that failed", async () => {
    const { probe } = await serve({ "POST /orders": [500, '{"message":"unspecified IO error."}'] });

    expect(await probe.order()).to.deep.equal({ status: 500, message: "unspecified IO error." });
  });

  it("says that nobody answers, for each of them", async () => {
    const { probe } = await serve();
    await new Promise((closed) => server?.close(closed));

    const controls = await probe.controls();
    expect(controls.map(({ problem }) => problem)).to.deep.equal(
      Array(3).fill("the front-end does not answer (ECONNREFUSED)"),
    );
  });
});
