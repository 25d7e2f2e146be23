import { expect } from "chai";
import { controlApp } from "../../../sandbox/shop/control-app.ts";
import type { HttpRequest } from "../../../sandbox/http/message.ts";
import { reconcile } from "../../../sandbox/shop/ledger.ts";

const ledger = reconcile([{ kind: "order-attempted" }]);
const line = { nanos: 0n, stream: "stdout", text: "hello" } as const;
const routes = [{ service: "front-end", port: 80, address: "127.0.0.1:2025", endpoints: 1 }];
const pod = { name: "payment-0", workload: "payment", image: "i", restarts: 0 };
const pods = [
  { ...pod, ready: true, settled: true },
  { ...pod, ready: true, settled: false },
];
const first = {
  namespace: "sock-shop",
  ledger: () => ledger,
  runtime: { pods: () => pods, routes: () => routes, lines: () => undefined },
};
const other = {
  namespace: "team-1",
  ledger: () => reconcile([]),
  runtime: {
    pods: () => [],
    routes: () => [],
    lines: (name: string) => (name === "payment-0" ? [line] : undefined),
  },
};
const app = controlApp({ first: () => first, all: () => [first, other] });

async function ask(path: string, method = "GET", asked = app) {
  const request: HttpRequest = {
    method,
    url: path,
    path,
    query: new URLSearchParams(),
    headers: {},
    body: "",
    oversized: false,
  };
  const { status, body } = await asked(request);
  return { status, body: String(body) };
}

describe("the control address", () => {
  it("answers with the first shop's ledger", async () => {
    const { status, body } = await ask("/sandbox/ledger");

    expect(status).to.equal(200);
    expect(JSON.parse(body)).to.deep.equal(ledger);
  });

  it("lists all shops, with the address of each that has one", async () => {
    const { body } = await ask("/sandbox/shops");

    expect(JSON.parse(body)).to.deep.equal([
      {
        ...{ namespace: "sock-shop", frontEnd: "http://127.0.0.1:2025/" },
        ...{ pods: 2, settled: 1, ledger },
      },
      { namespace: "team-1", pods: 0, settled: 0, ledger: reconcile([]) },
    ]);
  });

  it("has an empty ledger and no pods before there is a shop", async () => {
    const none = controlApp({ first: () => undefined, all: () => [] });

    const { body } = await ask("/sandbox/ledger", "GET", none);
    expect(JSON.parse(body)).to.deep.equal(reconcile([]));
    expect((await ask("/sandbox/pods", "GET", none)).body).to.equal("[]\n");
    expect((await ask("/sandbox/shops", "GET", none)).body).to.equal("[]\n");
  });

  it("shows a pod's newest lines, whichever shop it is of", async () => {
    expect(await ask("/sandbox/pods/payment-0/log")).to.deep.equal({
      status: 200,
      body: "hello\n",
    });
  });

  for (const [path, method, status] of [
    ["/sandbox/pods/other/log", "GET", 404],
    ["/orders", "GET", 404],
    ["/sandbox/ledger", "POST", 405],
  ] as const) {
    it(`refuses ${method} ${path} with ${status} and says what there is`, async () => {
      const answer = await ask(path, method);

      expect(answer.status).to.equal(status);
      expect(JSON.parse(answer.body)).to.have.property("error").that.is.a("string");
    });
  }
});
