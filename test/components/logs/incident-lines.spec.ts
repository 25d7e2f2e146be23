import { expect } from "chai";
import type { LogEvent } from "../../../sandbox/datadog/logs/log-event.ts";
import { attributeAt } from "../../../sandbox/datadog/logs/log-event.ts";
import { parseSearch } from "../../../sandbox/datadog/search/parse.ts";
import { predicateOf } from "../../../sandbox/datadog/search/predicate.ts";
import type { ServiceName } from "../../../components/shop/catalogue.ts";
import { type Shop, startShop } from "../../sandbox/shop/shop-fixture.ts";
import { shopper, socks } from "../../sandbox/shop/shopper.ts";
import {
  agentEvents,
  arrival,
  declaredLogs,
  type DeclaredLogs,
  throughPipelines,
} from "../../support/log-pipeline.ts";
import { vrlEngine } from "../../support/vrl-engine.ts";

// What the shop's stand-in prints goes the whole way: rules of the pods, pipelines of the stack.
// Proves that the outage shows whatever the image set; does not prove that the real images print so.

describe("the incident in the logs", () => {
  const engine = vrlEngine();
  let declared: DeclaredLogs;

  before(async function () {
    this.timeout(30_000);
    declared = await declaredLogs();
  });

  async function logsOf(shop: Shop, service: ServiceName): Promise<LogEvent[]> {
    const lines = shop.pod(service).lines.recent();
    const events = agentEvents(declared, service, lines.map(({ text }) => text).join("\n"));
    const arrived = Number((lines.at(-1)?.nanos ?? 0n) / 1_000_000n);
    const logs = events.map((event) => arrival(declared, service, event, arrived));
    return Promise.all(
      logs.map(async (log) => (await throughPipelines(declared, log, engine())).event),
    );
  }

  const values = (logs: readonly LogEvent[], path: string) =>
    logs.map(({ attributes }) => attributeAt(attributes, path)).filter((it) => it !== undefined);

  for (const set of ["weave", "quay", "status-fix"] as const) {
    it(`shows one outcome for each order, and none unread, with the images ${set}`, async () => {
      const shop = await startShop(set);
      const customer = shopper(shop.url("front-end"));
      await customer.signUp("ada");
      await customer.fillCart(socks.figueroa);
      await customer.order();
      await customer.fillCart(socks.holy, socks.superSport);
      await customer.order();
      await shop.stop("payment");
      await customer.fillCart(socks.figueroa);
      await customer.order();

      const orders = await logsOf(shop, "orders");
      const frontEnd = await logsOf(shop, "front-end");
      await shop.close();

      expect(values(orders, "order.outcome")).to.deep.equal(["placed", "declined", "refused"]);
      const posts = frontEnd.filter(
        ({ attributes }) =>
          attributeAt(attributes, "http.method") === "POST" &&
          attributeAt(attributes, "http.url") === "/orders",
      );
      expect(values(posts, "http.status_code")).to.deep.equal([201, 406, 500]);
      const unread = orders.filter(
        ({ attributes }) => !("msg" in attributes) && !("error" in attributes),
      );
      expect(unread.map(({ message }) => message)).to.deep.equal([]);
      const secrets = [...orders, ...frontEnd].map((log) => JSON.stringify(log));
      expect(secrets.filter((text) => text.includes("4111111111111111"))).to.deep.equal([]);
    });
  }

  /** The runbook's searches, for four refused orders and a good one; what the older edition said. */
  const searches: readonly (readonly [query: string, logs: number])[] = [
    ['kube_namespace:sock-shop service:sock-shop-orders "Payment failed for order"', 4],
    ['kube_namespace:sock-shop service:sock-shop-orders "Connection refused"', 12],
    ['kube_namespace:sock-shop ("Connection refused" OR "Connection failed")', 12],
    ['kube_namespace:sock-shop service:sock-shop-orders "status updated to PAYMENT_FAILED"', 4],
    ['kube_namespace:sock-shop service:sock-shop-orders "Order created with ID"', 5],
    ["kube_namespace:sock-shop service:sock-shop-orders status:error", 8],
    ["kube_namespace:sock-shop service:sock-shop-orders status:warn", 4],
    ["kube_namespace:sock-shop service:sock-shop-orders @order.outcome:refused", 4],
    ["kube_namespace:sock-shop service:sock-shop-orders @order.outcome:declined", 0],
    ["kube_namespace:sock-shop service:sock-shop-payment @method:Authorise @result:true", 1],
    ["kube_namespace:sock-shop service:orders", 0],
    ["kube_namespace:other service:sock-shop-orders", 0],
  ];

  it("is found by the runbook's searches, as often as the runbook says", async () => {
    const shop = await startShop("status-fix");
    const customer = shopper(shop.url("front-end"));
    await customer.signUp("ada");
    await customer.fillCart(socks.figueroa);
    await customer.order();
    const paid = await logsOf(shop, "payment");
    await shop.stop("payment");
    for (let order = 0; order < 4; order += 1) {
      await customer.fillCart(socks.figueroa);
      await customer.order();
    }
    const logs = [...(await logsOf(shop, "orders")), ...paid];
    await shop.close();

    const found = searches.map(([query]) => [
      query,
      logs.filter(predicateOf(parseSearch(query))).length,
    ]);
    expect(found).to.deep.equal(searches);
  }).timeout(30_000);
});
