import { expect } from "chai";
import { idOf, metricMonitor, type StandIn } from "../stand-in.ts";
import { line, minute, now, points, withData } from "../query/stored.ts";

/** A stand-in with one object of each kind, and values by which a request is filled in. */
export async function declaredStandIn(): Promise<{
  readonly on: StandIn;
  readonly values: ReadonlyMap<string, string | number>;
}> {
  const on = withData({
    points: [
      ...points("shop.gauge", "gauge", { 30: 3, 90: 5 }, ["host:node-1", "env:sandbox", "pod:a"]),
      ...points("shop.good", "count", { 30: 9 }),
      ...points("shop.all", "count", { 30: 10 }),
    ],
    logs: [line(30, { message: "connection refused" }), line(60)],
  });
  const create = async (path: string, body: unknown): Promise<string> => {
    const reply = await on.send(`POST ${path}`, body);
    expect(reply.status, JSON.stringify(reply.body)).to.equal(200);
    return idOf(reply);
  };
  const monitor = await create("/api/v1/monitor", metricMonitor());
  const slo = await create("/api/v1/slo", {
    name: "orders that are placed",
    type: "metric",
    tags: ["team:sock-shop"],
    query: { numerator: "sum:shop.good{*}.as_count()", denominator: "sum:shop.all{*}.as_count()" },
    thresholds: [{ timeframe: "7d", target: 99 }],
  });
  const dashboard = await create("/api/v1/dashboard", {
    ...{ title: "board", layout_type: "ordered", widgets: [], template_variables: [] },
  });
  const posted = await on.send("POST /api/v1/events", {
    ...{ title: "marker", text: "said", tags: ["env:sandbox"], date_happened: now / 1000 - 60 },
  });
  const { event } = posted.body as { event: { id: number } };
  const downtime = await create("/api/v2/downtime", {
    data: {
      type: "downtime",
      attributes: {
        monitor_identifier: { monitor_id: Number(monitor) },
        scope: "*",
        schedule: null,
      },
    },
  });
  const [from, to] = [now - 10 * minute, now];
  return {
    on,
    values: new Map<string, string | number>([
      ["<monitor>", Number(monitor)],
      ["<slo>", slo],
      ["<dashboard>", dashboard],
      ["<event>", event.id],
      ["<downtime>", downtime],
      ["<from>", from / 1000],
      ["<to>", to / 1000],
      ["<from-ms>", from],
      ["<to-ms>", to],
      ["<from-iso>", new Date(from).toISOString()],
      ["<to-iso>", new Date(to).toISOString()],
      ["<later-iso>", new Date(now + 60 * minute).toISOString()],
    ]),
  };
}
