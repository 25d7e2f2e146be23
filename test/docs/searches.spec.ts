import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { ServiceName } from "../../components/shop/catalogue.ts";
import { attributeAt, type LogEvent } from "../../sandbox/datadog/logs/log-event.ts";
import { type Generation, type Shop, startShop } from "../../simulation/timeline/simulated-shop.ts";
import { shopper, socks } from "../../simulation/timeline/shopper.ts";
import { type DeclaredLogs, declaredLogs } from "../support/logs/log-pipeline.ts";
import { rowsOf } from "../support/pages/markdown.ts";
import {
  countsOf,
  hits,
  type SearchedLogs,
  searchesOf,
  searchProblems,
} from "../support/pages/searches.ts";
import { logsOfPod } from "../support/logs/shop-logs.ts";
import { vrlEngine } from "../support/logs/vrl-engine.ts";

// The searches of the pages, on what the shop's programs print in a run like the recorded one and in
// one where orders end in every way. Proves how often each search finds what is printed here; does not
// prove that the real images print so.

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const runbook = read("docs/runbook.md");
const refusals = 'kube_namespace:sock-shop service:sock-shop-orders "Connection refused"';

describe("the searches of", () => {
  const engine = vrlEngine();
  let declared: DeclaredLogs;
  let logs: SearchedLogs;
  const refused = new Map<Generation, readonly LogEvent[]>();

  before(async function () {
    this.timeout(60_000);
    declared = await declaredLogs();
    const counted = await recordedRun();
    const others: LogEvent[] = [];
    for (const set of ["weave", "quay", "status-fix"] as const) {
      others.push(...(await everyEnd(set)));
      refused.set(set, await oneRefusal(set));
    }
    logs = { counted, others, ids: idsOf(counted) };
  });

  async function printed(shop: Shop, ...services: readonly ServiceName[]): Promise<LogEvent[]> {
    const read = (service: ServiceName) => logsOfPod(shop, service, { declared, engine: engine() });
    return (await Promise.all(services.map(read))).flat();
  }

  type Customer = ReturnType<typeof shopper>;

  /** What is printed in a shop of its own while somebody orders there. */
  async function inShop(
    set: Generation,
    run: (shop: Shop, customer: Customer) => Promise<LogEvent[]>,
  ): Promise<LogEvent[]> {
    const shop = await startShop(set);
    const customer = shopper(shop.url("front-end"));
    await customer.signUp("ada");
    await customer.fillCart(socks.figueroa);
    const found = await run(shop, customer);
    await shop.close();
    return found;
  }

  /** Four refused orders, and a good one when payment is back. */
  const recordedRun = () =>
    inShop("status-fix", async (shop, customer) => {
      await shop.stop("payment");
      for (let order = 0; order < 4; order += 1) await customer.order();
      await shop.start("payment");
      await customer.order();
      return await printed(shop, "orders", "front-end", "payment");
    });

  const everyEnd = (set: Generation) =>
    inShop(set, async (shop, customer) => {
      await customer.order();
      await customer.fillCart(socks.holy, socks.superSport);
      await customer.order();
      const payment = await printed(shop, "payment");
      await shop.stop("payment");
      await customer.order();
      return [...payment, ...(await printed(shop, "orders", "front-end"))];
    });

  const oneRefusal = (set: Generation) =>
    inShop(set, async (shop, customer) => {
      await shop.stop("payment");
      await customer.order();
      return await printed(shop, "orders");
    });

  /** The orders of the run, by the ids of those that the runbook lists. */
  function idsOf(run: readonly LogEvent[]): ReadonlyMap<string, string> {
    const own = run.map(({ attributes }) => attributeAt(attributes, "order.id"));
    const inRun = [...new Set(own)].filter((id) => typeof id === "string");
    const inPage = rowsOf(runbook).flatMap(
      ([first = ""]) => /^`([0-9a-f]{24})`$/.exec(first)?.[1] ?? [],
    );
    expect(inPage).to.have.length(5);
    return new Map(inPage.map((id, index) => [id, inRun[index] ?? ""]));
  }

  it("docs/runbook.md find what it says, as often as it says", () => {
    expect(searchesOf(runbook)).to.have.length.greaterThan(17);
    expect(countsOf(runbook).size).to.equal(13);
    expect(searchProblems(runbook, logs)).to.deep.equal([]);
  });

  it("README.md find something", () => {
    expect(searchesOf(read("README.md"))).to.have.length.greaterThan(0);
    expect(searchProblems(read("README.md"), logs)).to.deep.equal([]);
  });

  /** Slips, each made in the runbook. */
  const slips: readonly (readonly [was: string, is: string, said: string])[] = [
    ["@http.method:POST @http.url:/orders", "@http.verb:POST @http.path:/orders", "0, not 5"],
    ["Order created with ID", "Order made with ID", "0, not 5"],
    ["@method:Authorise @result:true", "@method:Authorize @result:yes", "0, not 1"],
    ["@order.outcome:declined", "@order.outcome:denied", "finds nothing"],
    ["@order.outcome:refused`", "@order.outcome:(refused OR placed)`", "5, not 4"],
    ["service:sock-shop-payment`", "service:payment`", "finds nothing"],
    ["kube_deployment:payment", "kube_deployment:pay", "finds nothing"],
    ['"Payment failed"', '"Payment did fail"', "finds nothing"],
    [
      'sock-shop-orders "69009776c1f4320001b50707"',
      'sock-shop "69009776c1f4320001b50707"',
      "0, not 6",
    ],
    [
      "service:sock-shop-orders status:error' --limit",
      "service:orders status:error' --limit",
      "finds nothing",
    ],
  ];

  for (const [was, is, said] of slips) {
    it(`notices ${is} instead of ${was}`, () => {
      expect(runbook).to.include(was);

      const problems = searchProblems(runbook.replaceAll(was, is), logs);

      expect(problems.join("\n")).to.include(said);
    });
  }

  it("find a refusal in one to three lines, depending on the images", () => {
    const counts = [...refused].map(([set, run]) => [set, hits(refusals, run, new Map())]);

    expect(counts).to.deep.equal([
      ["weave", 1],
      ["quay", 2],
      ["status-fix", 3],
    ]);
  });

  it("find nothing by the older edition's tag, nor in another namespace", () => {
    const strays = ["kube_namespace:sock-shop service:orders", "kube_namespace:other"];

    const found = strays.map((search) => hits(search, [...logs.counted, ...logs.others], logs.ids));

    expect(found).to.deep.equal([0, 0]);
  });
});
