import { expect } from "chai";
import { shopAt } from "../../../sandbox/datadog/shop-report.ts";
import { listen } from "../../../sandbox/http/listener.ts";

describe("the shop's ledger on the start page", () => {
  async function serving<T>(status: number, body: string, look: (origin: string) => Promise<T>) {
    const server = await listen({
      handle: () => Promise.resolve({ status, body }),
      onFault: () => undefined,
    });
    try {
      return await look(`http://127.0.0.1:${server.port}/`);
    } finally {
      await server.close();
    }
  }

  it("is what the shop's control address answers", async () => {
    await serving(200, '{"tried":3}', async (origin) => {
      expect(await shopAt(origin)()).to.deep.equal({
        address: `${origin}sandbox/ledger`,
        ledger: { tried: 3 },
      });
    });
  });

  it("is missing, with the reason, where the shop answers an error or not at all", async () => {
    const origin = await serving(500, "", async (address) => {
      expect(await shopAt(address)()).to.deep.equal({
        address: `${address}sandbox/ledger`,
        ledger: null,
        why: `The shop at ${address}sandbox/ledger does not answer: it answers 500`,
      });
      return address;
    });
    const { ledger, why } = await shopAt(origin)();
    expect(ledger).to.equal(null);
    expect(why).to.match(/^The shop at .* does not answer: /);
  });
});
