import { expect } from "chai";
import { startTicker, type Ticker } from "../../../../sandbox/datadog/evaluation/ticker.ts";
import { createStore } from "../../../../sandbox/datadog/store.ts";
import { emptyState } from "../../../../sandbox/datadog/state.ts";
import { openTelemetry, type Telemetry } from "../../../../sandbox/datadog/logs/telemetry.ts";
import type { LogEvent } from "../../../../sandbox/datadog/logs/log-event.ts";
import { at, start } from "./replay.ts";

// The evaluation on the store that the intake fills: SQLite, Datadog's search, series and checks.

function log(minute: number, service: string, order: string): LogEvent {
  return {
    ...{ id: `${service}-${order}-${minute}`, timestamp: at(minute), message: "Payment failed" },
    ...{ status: "error", host: "node-1", service, source: "spring-boot", trace_id: "" },
    tags: ["kube_namespace:sock-shop"],
    attributes: { order: { id: order } },
  };
}

describe("the evaluation of what was sent", () => {
  let telemetry: Telemetry;
  let ticker: Ticker | undefined;
  let minute = 0;

  beforeEach(() => {
    telemetry = openTelemetry(":memory:");
  });
  afterEach(async () => {
    await ticker?.close();
    telemetry.close();
  });

  /** Statuses of one monitor after each minute. */
  async function statuses(type: string, query: string, last: number): Promise<string[]> {
    const monitor = {
      ...{ id: 1, type, name: "m", message: "", query, tags: [], priority: null },
      ...{ restricted_roles: null, draft_status: "published", multi: false, assets: [] },
      created: new Date(start).toISOString(),
      modified: new Date(start).toISOString(),
      options: { require_full_window: false, new_group_delay: 0 },
    };
    const store = createStore({ ...emptyState(new Date(start)), monitors: [monitor] });
    const failures: string[] = [];
    await ticker?.close();
    ticker = startTicker({
      ...{ store, telemetry, everyMs: 3_600_000, clock: () => new Date(at(minute)) },
      report: (line) => failures.push(line),
    });
    const found: string[] = [];
    for (minute = 0; minute <= last; minute += 1) {
      await ticker.tick();
      const groups = store.current().evaluation.monitors[1]?.groups ?? {};
      found.push(Object.values(groups)[0]?.status ?? "-");
    }
    expect(failures).to.deep.equal([]);
    return found;
  }

  it("counts different orders among the logs of a search, up to the end of the window", async () => {
    telemetry.logs.add([log(1, "orders", "a"), log(2, "orders", "a"), log(2, "carts", "b")]);
    telemetry.logs.add([log(3, "orders", "b")]);
    const query =
      'logs("kube_namespace:sock-shop service:orders \\"payment failed\\"").index("*")' +
      '.rollup("cardinality","@order.id").last("2m") > 1';

    expect(await statuses("log alert", query, 5)).to.deep.equal([
      ...["OK", "OK", "OK", "Alert", "OK", "OK"],
    ]);
  });

  it("adds counts up, and reads samples of a distribution", async () => {
    const point = {
      metric: "m",
      at: at(1),
      tags: ["status:500"],
      kind: "count",
      value: 2,
    } as const;
    telemetry.metrics.add([point, point]);
    telemetry.metrics.add([
      { metric: "d", at: at(1), tags: [], kind: "distribution", value: 12, samples: [2, 10] },
    ]);

    expect(
      await statuses("metric alert", "sum(last_1m):sum:m{status:5*}.as_count() > 3", 1),
    ).to.deep.equal(["No Data", "Alert"]);
    expect(await statuses("metric alert", "max(last_1m):max:d{*} >= 10", 1)).to.deep.equal([
      "No Data",
      "Alert",
    ]);
  });

  it("takes the runs of a service check by their numbers", async () => {
    const run = { name: "up", tags: ["host:n1"], message: "" };
    telemetry.checks.add([
      { ...run, at: at(0), status: 0 },
      { ...run, at: at(1), status: 2 },
      { ...run, at: at(2), status: 0 },
    ]);
    const query = '"up".over("*").by("host").last(2).count_by_status()';

    expect(await statuses("service check", query, 2)).to.deep.equal(["OK", "Alert", "OK"]);
  });
});
