import { expect } from "chai";
import type { LogEvent } from "../../../sandbox/datadog/logs/log-event.ts";
import { attributeAt } from "../../../sandbox/datadog/logs/log-event.ts";
import type { ServiceName } from "../../../components/shop/catalogue.ts";
import {
  type Shop,
  startShop,
  whileShippingIsSlow,
} from "../../../simulation/timeline/simulated-shop.ts";
import { shopper, socks } from "../../../simulation/timeline/shopper.ts";
import { declaredLogs, type DeclaredLogs } from "../../support/logs/log-pipeline.ts";
import { logsOfPod } from "../../support/logs/shop-logs.ts";
import { vrlEngine } from "../../support/logs/vrl-engine.ts";

// What the shop's stand-in prints goes the whole way: rules of the pods, pipelines of the stack.
// Proves that the outage shows whatever the image set; does not prove that the real images print so.

describe("the incident in the logs", () => {
  const engine = vrlEngine();
  let declared: DeclaredLogs;

  before(async function () {
    this.timeout(30_000);
    declared = await declaredLogs();
  });

  const logsOf = (shop: Shop, service: ServiceName) =>
    logsOfPod(shop, service, { declared, engine: engine() });

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
        ({ attributes }) => !("logger" in attributes) && !("error" in attributes),
      );
      expect(unread.map(({ message }) => message)).to.deep.equal([]);
      const secrets = [...orders, ...frontEnd].map((log) => JSON.stringify(log));
      expect(secrets.filter((text) => text.includes("4111111111111111"))).to.deep.equal([]);
    });
  }

  for (const [set, outcomes] of [
    ["weave", ["placed", "timeout"]],
    ["quay", ["placed", "timeout"]],
    ["status-fix", ["timeout"]],
  ] as const) {
    it(`shows ${outcomes.join(" and ")} for a paid order that shipping loses, with the images ${set}`, async () => {
      const shop = await startShop(set);
      const customer = shopper(shop.url("front-end"));
      await customer.signUp("ada");
      await customer.fillCart(socks.figueroa);
      await whileShippingIsSlow(shop, () => customer.order());

      const orders = await logsOf(shop, "orders");
      await shop.close();

      expect(values(orders, "order.outcome")).to.deep.equal(outcomes);
    });
  }
});
