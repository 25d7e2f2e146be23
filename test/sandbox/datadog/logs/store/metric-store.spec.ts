import { expect } from "chai";
import { openDatabase } from "../../../../../sandbox/datadog/logs/store/database.ts";
import { createMetricStore } from "../../../../../sandbox/datadog/logs/store/metric-store.ts";
import { openTelemetry } from "../../../../../sandbox/datadog/logs/telemetry.ts";
import { minute, now, points } from "../../query/stored.ts";

const hour = 60 * minute;

describe("the store of metrics", () => {
  it("answers from memory what it would read from the database", () => {
    const database = openDatabase(":memory:");
    const store = createMetricStore(database);
    const windows = [1, 5, 60].map((minutes) => [now - minutes * minute, now] as const);
    for (const [from, to] of windows) store.series("m", from, to);
    store.add(points("m", "gauge", { 30: 1, 10: 2 }, ["pod:a"]));
    store.add(points("m", "gauge", { 20: 3, 10: 4, 3000: 5 }, ["pod:a"]));
    store.add(points("m", "gauge", { 15: 9 }, ["pod:b", "env:x"]));
    store.add(points("d", "distribution", { 15: 9 }));
    store.series("d", now - hour, now);
    store.add(points("d", "distribution", { 15: 4 }));
    store.add(points("c", "count", { 15: 9 }));
    store.series("c", now - hour, now);
    store.add(points("c", "count", { 15: 4 }));

    for (const metric of ["m", "d", "c"]) {
      for (const [from, to] of windows) {
        const fresh = createMetricStore(database).series(metric, from, to);
        expect(store.series(metric, from, to)).to.have.deep.members(fresh);
      }
    }
    expect(store.series("c", now - hour, now)).to.deep.equal([
      { tags: [], kind: "count", points: [{ at: now - 15_000, value: 13 }] },
    ]);
    expect(store.series("d", now - hour, now)[0]?.points[0]?.samples).to.deep.equal([9, 4]);
    database.close();
  });

  it("has `from` outside and `to` inside, and reaches back as far as points are kept", () => {
    const { metrics } = openTelemetry(":memory:");
    const day = 24 * hour;
    metrics.add(points("m", "gauge", { 0: 1, 60: 2, [2 * 86_400]: 3 }));
    metrics.prune(now);
    const values = (from: number, to: number) =>
      metrics.series("m", from, to).flatMap((one) => one.points.map(({ value }) => value));

    expect(values(now - minute, now)).to.deep.equal([1]);
    expect(values(now - minute - 1, now - 1)).to.deep.equal([2]);
    expect(values(now - 3 * day, now)).to.deep.equal([3, 2, 1]);
    expect(values(now - 3 * day, now - day)).to.deep.equal([3]);
    metrics.prune(now + 2 * day);
    expect(values(now - 3 * day, now + 2 * day)).to.deep.equal([2, 1]);
    metrics.prune(now + 3 * day);
    expect(values(now - 3 * day, now)).to.deep.equal([1]);
  });

  it("forgets what a failed transaction added, and all at a reset", () => {
    const telemetry = openTelemetry(":memory:");
    const { metrics } = telemetry;
    metrics.series("m", now - hour, now);
    expect(() =>
      telemetry.together(() => {
        metrics.add(points("m", "gauge", { 10: 1 }));
        throw new Error("disk full");
      }),
    ).to.throw("disk full");

    expect(metrics.series("m", now - hour, now)).to.deep.equal([]);
    metrics.add(points("m", "gauge", { 10: 1 }));
    expect(metrics.series("m", now - hour, now)).to.have.length(1);
    telemetry.clear();
    expect(metrics.series("m", now - hour, now)).to.deep.equal([]);
  });

  it("knows names, kinds and sets of tags since a moment", () => {
    const { metrics } = openTelemetry(":memory:");
    metrics.add(points("a", "gauge", { 10: 1 }, ["x:1", "y:2"]));
    metrics.add(points("b", "count", { 100: 1 }, ["x:3"]));

    expect(metrics.names(now - hour)).to.deep.equal(["a", "b"]);
    expect(metrics.names(now - 99_000)).to.deep.equal(["a"]);
    expect(metrics.tagSets(now - hour, "a")).to.deep.equal([["x:1", "y:2"]]);
    expect(metrics.tagSets(now - hour)).to.have.deep.members([["x:1", "y:2"], ["x:3"]]);
    expect([metrics.kindOf("b"), metrics.kindOf("c")]).to.deep.equal(["count", undefined]);
  });
});
