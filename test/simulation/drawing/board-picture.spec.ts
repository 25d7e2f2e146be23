import { expect } from "chai";
import { boardPicture } from "../../../simulation/drawing/board-picture.ts";
import { unexplained } from "../../../simulation/drawing/empty-widgets.ts";
import { pngOf } from "../../../simulation/drawing/png.ts";
import type { ScenarioStandIn } from "../../../simulation/drawing/scenario-stand-in.ts";
import { idOf, metricMonitor, standIn, type StandIn } from "../../sandbox/datadog/stand-in.ts";
import { brokenWidgets, everyWidget } from "../../sandbox/page/boards.ts";

const to = Date.parse("2027-01-05T10:00:00.000Z");
const from = to - 3_600_000;

/** The test's stand-in as the drawing knows it. */
function drawable({ send }: StandIn): ScenarioStandIn {
  return {
    from,
    to,
    boards: [],
    ask: async <T>(request: string, body?: unknown) => {
      const reply = await send(request, body);
      if (reply.status >= 400) throw new Error(`${request}: ${JSON.stringify(reply.body)}`);
      return reply.body as T;
    },
    close: () => Promise.resolve(),
  };
}

async function withBoard(hasOrders: boolean): Promise<{ id: string; source: ScenarioStandIn }> {
  const on = standIn();
  const monitor = idOf(await on.send("POST /api/v1/monitor", metricMonitor()));
  const slo = idOf(
    await on.send("POST /api/v1/slo", {
      ...{ name: "placed", type: "monitor", monitor_ids: [Number(monitor)] },
      thresholds: [{ timeframe: "7d", target: 99 }],
    }),
  );
  if (hasOrders) {
    const points = [60, 120].map((ago) => ({ timestamp: to / 1000 - ago, value: 2 }));
    const tags = ["kube_namespace:sock-shop", "outcome:refused"];
    const series = [{ metric: "shop.orders", type: 1, interval: 10, points, tags }];
    await on.send("POST /api/v2/series", { series });
    await on.send("POST /api/v2/logs", [{ message: "<b>x</b>", service: "sock-shop-orders" }]);
    await on.send("POST /api/v1/events", {
      title: "<i>e</i>",
      text: "t",
      date_happened: to / 1000 - 5,
    });
    await on.service.ingestion.idle();
  }
  const board = everyWidget(Number(monitor), slo);
  return { id: idOf(await on.send("POST /api/v1/dashboard", board)), source: drawable(on) };
}

describe("a board as a picture", () => {
  it("shows each type of widget with its data, escaped", async () => {
    const { id, source } = await withBoard(true);

    const { svg, slug, empty } = await boardPicture(id, source);

    expect(slug).to.equal("every-widget");
    expect(empty).to.deep.equal(["One monitor"]);
    for (const words of [
      "Orders as lines",
      "outcome:refused",
      "&lt;b&gt;x&lt;/b&gt;",
      "&lt;i&gt;e",
    ]) {
      expect(svg, words).to.contain(words);
    }
    expect(svg).to.not.match(/<(?:script|img|b|i)[ >]|NaN|undefined/);
    // red, by its conditional format
    expect(svg).to.match(/<rect width="[\d.]+" height="[\d.]+" rx="4" fill="#a8201a"\/>/);
    expect(svg).to.contain("inside of the group");
  });

  it("names the widgets that show no data", async () => {
    const { id, source } = await withBoard(false);

    const { empty, svg } = await boardPicture(id, source);

    expect(empty).to.include.members([
      "Orders as lines",
      "Orders as bars",
      "Refused orders",
      "Lines",
    ]);
    expect(svg)
      .to.contain("No data")
      .and.to.not.match(/NaN|undefined/);
  });

  it("fails on a widget that it cannot draw, and on a query that the API refuses", async () => {
    const on = standIn();
    const id = idOf(await on.send("POST /api/v1/dashboard", brokenWidgets));

    const failure = await boardPicture(id, drawable(on)).then(
      () => "drawn",
      (error: unknown) => (error as Error).message,
    );

    expect(failure).to.equal('widgets of type "hostmap" are not drawn');
  });

  it("becomes a PNG with fonts of its own", async () => {
    const { id, source } = await withBoard(true);
    const { svg } = await boardPicture(id, source);

    const png = pngOf(svg);

    expect(png.subarray(1, 4).toString()).to.equal("PNG");
    expect(png.length).to.be.greaterThan(20_000);
  });
});

describe("widgets without data", () => {
  it("are failures, but for those of which it is said why they may be empty", () => {
    expect(unexplained(["Declined", "Orders failed"])).to.deep.equal(["Orders failed"]);
  });
});
