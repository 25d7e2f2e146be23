import { readFileSync } from "node:fs";
import { execa } from "execa";
import { expect } from "chai";
import {
  type Shop,
  startShop,
  whileShippingIsSlow,
} from "../../simulation/timeline/simulated-shop.ts";
import { shopper, socks } from "../../simulation/timeline/shopper.ts";
import { unknownPaths } from "../support/pages/jq-paths.ts";
import { commandsOf } from "../support/pages/commands.ts";
import { simpleCommands } from "../support/pages/shell.ts";

// The runbook's export of orders to settle, on what the shop answers with the build that keeps them.
// Where there is no jq, the paths of its filter are only looked up in the answer.

const runbook = readFileSync(new URL("../../docs/runbook.md", import.meta.url), "utf8");

/** The words of the runbook's export that begin so. */
function exportStep(page: string, ...beginning: readonly string[]): readonly string[] {
  const found = commandsOf(page)
    .filter(({ heading, block }) => heading === "Settle the orders" && block === "sh")
    .flatMap(({ text }) => simpleCommands(text))
    .find((words) => beginning.every((word, index) => words[index] === word));
  if (found === undefined) throw new Error(`the runbook's export has no ${beginning.join(" ")}`);
  return found;
}

function filterOf(page: string): string {
  return exportStep(page, "jq", "--arg").find((word) => word.includes("select")) ?? "";
}

interface Order {
  readonly status: string;
  readonly shipment: unknown;
}

describe("the runbook's export", () => {
  let shop: Shop;
  let answer: string;
  let statuses: readonly number[];
  let window: { readonly from: string; readonly to: string };

  before(async function () {
    this.timeout(30_000);
    shop = await startShop("status-fix");
    const customer = shopper(shop.url("front-end"));
    const order = async (...bought: readonly string[]) => {
      await customer.fillCart(...bought);
      return (await customer.order()).status;
    };
    const minute = () =>
      new Date(Number(shop.clock.nanos() / 1_000_000n)).toISOString().slice(0, 16);
    await customer.signUp("ada");
    await order(socks.holy, socks.superSport);
    shop.clock.pass(3_600_000);
    const from = minute();
    statuses = [
      await order(socks.figueroa),
      await order(socks.holy, socks.superSport),
      await whileShippingIsSlow(shop, () => order(socks.figueroa)),
    ];
    await shop.stop("payment");
    statuses = [...statuses, await order(socks.figueroa), await order(socks.holy)];
    shop.clock.pass(60_000);
    window = { from, to: minute() };
    shop.clock.pass(60_000);
    await order(socks.figueroa);
    const script = exportStep(runbook, "kubectl").at(-1) ?? "";
    const here = script.replace("http://orders", shop.url("orders"));
    expect(here).not.to.equal(script);
    answer = (await execa(process.execPath, ["-e", here])).stdout;
  });

  after(() => shop.close());

  it("reads all orders at once, and how many there are", () => {
    const { page } = JSON.parse(answer) as { page: { totalElements: number } };

    expect(exportStep(runbook, "jq", ".page.totalElements")).to.have.length(3);
    expect(page.totalElements).to.equal(7);
  });

  it("asks for what the answer has", () => {
    expect(unknownPaths(filterOf(runbook), JSON.parse(answer))).to.deep.equal([]);
  });

  for (const [was, is, unknown] of [
    ["[._embedded", "[.embeded", "embeded.customerOrders"],
    ["customerOrders[]", "orders[]", "_embedded.orders"],
    [".shipment == null", ".shipments == null", "shipments"],
    ["<= .date", "<= .created", "created"],
  ] as const) {
    it(`notices ${is} instead of ${was}`, () => {
      expect(filterOf(runbook)).to.include(was);

      const filter = filterOf(runbook.replaceAll(was, is));

      expect(unknownPaths(filter, JSON.parse(answer))).to.deep.equal([unknown]);
    });
  }

  it("has as many orders of its window as failed and were declined there", async function () {
    const there = await execa("jq", ["--version"], { reject: false });
    if (there.exitCode !== 0) {
      process.stdout.write("      skipped: jq cannot be started\n");
      return this.skip();
    }
    const { from, to } = window;
    const args = ["--arg", "from", from, "--arg", "to", to, filterOf(runbook)];

    const { stdout } = await execa("jq", args, { input: answer });

    const exported = (JSON.parse(stdout) as Order[]).map(({ status, shipment }) => {
      return { status, shipment };
    });
    expect(statuses).to.deep.equal([201, 406, 500, 500, 500]);
    const failed = { status: "PAYMENT_FAILED", shipment: null };
    expect(exported).to.deep.equal([failed, { status: "PAID", shipment: null }, failed, failed]);
  });
});
