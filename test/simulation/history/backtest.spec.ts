import { expect } from "chai";
import {
  backtest,
  courseOf,
  differences,
  type TriedMonitor,
} from "../../../simulation/history/backtest.ts";
import { readHistory } from "../../../simulation/history/history.ts";
import { readMonitors } from "../../../simulation/history/read-monitors.ts";

const start = Date.UTC(2030, 0, 2, 3, 0);
const minute = (count: number) => start + count * 60_000;
const time = (count: number) => new Date(minute(count)).toISOString();

const lines = (values: readonly unknown[]) =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");

/** A log each ten seconds from minute 30 to minute 35, and a gauge that is 0 in that time. */
const logs = Array.from({ length: 30 }, (_, index) => ({
  id: `l${index}`,
  attributes: {
    timestamp: new Date(minute(30) + index * 10_000).toISOString(),
    message: "refused",
    status: "error",
    service: "sock-shop-orders",
    tags: ["kube_namespace:sock-shop", "source:spring-boot"],
    attributes: { order: { outcome: "refused" } },
  },
}));
const points = Array.from({ length: 120 }, (_, index) => ({
  at: minute(0) + index * 30_000,
  value: index >= 60 && index < 70 ? 0 : 1,
}));
const world = new Map([
  ["world/window.json", JSON.stringify({ begins: time(0), from: time(25), to: time(45) })],
  ["world/logs.jsonl", lines(logs)],
  ["world/series.jsonl", lines([{ metric: "up", tags: ["host:n1"], kind: "gauge", points }])],
  ["world/checks.jsonl", ""],
  ["world/slos.json", JSON.stringify({ data: [] })],
]);

const monitor = (id: number, name: string, type: string, query: string): TriedMonitor => {
  return { id, name, type, query, options: { new_group_delay: 0, require_full_window: false } };
};
const refused = (most: number) =>
  monitor(
    1,
    "refusals",
    "log alert",
    `logs("service:sock-shop-orders @order.outcome:refused").index("*").rollup("count").last("5m") > ${most}`,
  );
const up = monitor(2, "up", "metric alert", "max(last_1m):max:up{*} < 1");

describe("a backtest", () => {
  it("says when monitors of logs and of metrics would have alerted", async () => {
    const found = await backtest({ monitors: [refused(5), up] }, readHistory(world));

    expect(found.map((one) => `${one.name}: ${courseOf(one)}`)).to.deep.equal([
      "refusals: OK 6 min, Alert 8 min, OK 7 min",
      "up: OK 6 min, Alert 4 min, OK 11 min",
    ]);
    expect(found[0]?.intervals[1]).to.deep.equal({ status: "Alert", from: time(31), minutes: 8 });
    expect(found[1]?.minutes).to.deep.equal({ OK: 17, Alert: 4 });
  });

  it("gives the same twice, to the letter", async () => {
    const texts = [1, 2].map(async () =>
      JSON.stringify(await backtest({ monitors: [refused(5), up] }, readHistory(world))),
    );

    expect(await texts[0]).to.equal(await texts[1]);
  });

  it("differs for the monitor that was changed, and for no other", async () => {
    const history = readHistory(world);
    const before = await backtest({ monitors: [refused(5), up] }, history);
    const after = await backtest({ monitors: [refused(28), up] }, history);

    expect(differences(before, before)).to.deep.equal([]);
    expect(differences(before, after)).to.deep.equal([
      "refusals: was OK 6 min, Alert 8 min, OK 7 min, is OK 10 min, Alert 1 min, OK 10 min",
    ]);
  });

  it("names monitors that are new or gone", async () => {
    const [one] = await backtest({ monitors: [up] }, readHistory(world));
    const known = one === undefined ? [] : [one];

    expect(differences([], known)[0]).to.match(/^up: it is new: OK/);
    expect(differences(known, [])[0]).to.match(/^up: it is gone; it was OK/);
  });

  it("says which query it does not understand instead of staying silent", async () => {
    const odd = monitor(3, "odd", "metric alert", "wavelet(last_5m):up{*} > 1");
    const [found] = await backtest({ monitors: [odd] }, readHistory(world));

    expect(found?.why).to.be.a("string").and.not.equal("");
    expect(found?.intervals).to.deep.equal([]);
  });

  it("refuses a world that is cut short, in one line that names the file", () => {
    const cut = new Map([...world, ["world/logs.jsonl", '{"id":1}\n{"id']]);
    const without = new Map([...world].filter(([path]) => path !== "world/window.json"));

    expect(() => readHistory(cut)).to.throw("world/logs.jsonl of the bundle");
    expect(() => readHistory(without)).to.throw("the bundle has no world/window.json");
  });
});

describe("monitors of any account", () => {
  const api = { id: 7, name: "m", type: "metric alert", query: "max(last_1m):max:up{*} < 1" };
  const exported = {
    deployment: {
      resources: [
        { type: "pulumi:pulumi:Stack" },
        {
          type: "datadog:index/monitor:Monitor",
          id: "7",
          outputs: { ...api, id: "7", newGroupDelay: 0, monitorThresholds: { critical: "1" } },
        },
      ],
    },
  };

  it("are read as the API answers them, and as pulumi exports them", () => {
    expect(readMonitors(JSON.stringify([api]))).to.deep.equal([{ ...api, options: {} }]);
    expect(readMonitors(JSON.stringify({ monitors: [api] }))).to.have.length(1);
    const [one] = readMonitors(JSON.stringify(exported));
    expect(one).to.deep.include({ id: 7, name: "m", query: api.query });
    expect(one?.options).to.deep.include({ new_group_delay: 0, thresholds: { critical: 1 } });
  });

  it("are refused in one line that says which", () => {
    expect(() => readMonitors("{")).to.throw("the monitors are no JSON");
    expect(() => readMonitors("[]")).to.throw("there is no monitor");
    expect(() => readMonitors(JSON.stringify([api, { name: "x" }]))).to.throw("monitor 2: type");
  });
});
