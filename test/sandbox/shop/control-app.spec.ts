import { expect } from "chai";
import { controlApp } from "../../../sandbox/shop/control-app.ts";
import type { HttpRequest } from "../../../sandbox/http/message.ts";
import { reconcile } from "../../../sandbox/shop/ledger.ts";

const ledger = reconcile([{ kind: "order-attempted" }]);
const app = controlApp({
  ledger: () => ledger,
  pods: () => [],
  routes: () => [],
  lines: (pod) =>
    pod === "payment-0" ? [{ nanos: 0n, stream: "stdout", text: "hello" }] : undefined,
});

async function ask(path: string, method = "GET") {
  const request: HttpRequest = {
    method,
    url: path,
    path,
    query: new URLSearchParams(),
    headers: {},
    body: "",
    oversized: false,
  };
  const { status, body } = await app(request);
  return { status, body: String(body) };
}

describe("the control address", () => {
  it("answers with the ledger", async () => {
    const { status, body } = await ask("/sandbox/ledger");

    expect(status).to.equal(200);
    expect(JSON.parse(body)).to.deep.equal(ledger);
  });

  it("shows a pod's newest lines", async () => {
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
