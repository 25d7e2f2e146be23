import { expect } from "chai";
import { metricMonitor, standIn } from "../stand-in.ts";

describe("a monitor", () => {
  it("has no blanks at the ends of its texts, and no priority where that is 0", async () => {
    const { query } = metricMonitor();
    const { body } = await standIn().send(
      "POST /api/v1/monitor",
      metricMonitor({ name: " n ", message: "m\n", query: `${String(query)}\n`, priority: 0 }),
    );

    expect(body).to.deep.include({ name: "n", message: "m", query, priority: null });
  });

  it("is a query alert over a calendar month, and a metric alert by a formula", async () => {
    const typeOf = async (type: string, query: string) => {
      const monitor = metricMonitor({ type, query, options: {} });
      const { body } = await standIn().send("POST /api/v1/monitor", monitor);
      return (body as { type?: string }).type;
    };

    expect(await typeOf("metric alert", "avg(current_1mo):avg:a{*} > 1")).to.equal("query alert");
    expect(await typeOf("metric alert", "avg(current_1h):avg:a{*} > 1")).to.equal("metric alert");
    expect(await typeOf("query alert", 'formula("query1").rollup("sum").last("5m") > 1')).to.equal(
      "metric alert",
    );
  });
});
