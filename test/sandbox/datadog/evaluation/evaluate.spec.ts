import { expect } from "chai";
import { down, log, monitor, replay, series, steady } from "./replay.ts";

describe("the states of a metric monitor", () => {
  it("begin in No Data, go to Alert once all points of the window are below, and recover", async () => {
    const a = [series({ ...steady(1, 0, 2), ...steady(0, 3, 6), ...steady(1, 7, 8) })];

    const { statuses, turns } = await replay([down()], { series: { a } }, 8);

    expect(statuses(1)).to.deep.equal([
      ...["OK", "OK", "OK", "OK", "Alert", "Alert", "Alert", "OK", "OK"],
    ]);
    expect(turns(1)).to.deep.equal(["0 OK", "4 Alert triggered", "7 OK recovered"]);
  });

  it("alert at any point below where the lowest counts", async () => {
    const lowest = monitor(1, "metric alert", "min(last_2m):max:a{*} < 1");
    const a = [series({ ...steady(1, 0, 2), 3: 0, ...steady(1, 4, 6) })];

    const { turns } = await replay([lowest], { series: { a } }, 6);

    expect(turns(1)).to.deep.equal(["0 OK", "3 Alert triggered", "5 OK recovered"]);
  });

  it("look back by the evaluation delay", async () => {
    const a = [series({ ...steady(1, -5, 2), ...steady(0, 3, 9) })];

    const { turns } = await replay([down({ evaluation_delay: 120 })], { series: { a } }, 8);

    expect(turns(1)).to.deep.equal(["0 OK", "6 Alert triggered"]);
  });

  it("warn between two thresholds and notify about each", async () => {
    const errors = monitor(1, "metric alert", "sum(last_1m):sum:a{*}.as_count() > 10", {
      thresholds: { critical: 10, warning: 3 },
      on_missing_data: "default",
    });
    const a = [series({ 1: 3, 2: 4, 3: 11, 4: 4 }, [], "count")];

    const { turns } = await replay([errors], { series: { a } }, 6);

    expect(turns(1)).to.deep.equal([
      "0 OK",
      "2 Warn warned",
      "3 Alert triggered",
      "4 Warn warned",
      "5 OK recovered",
    ]);
  });
});

describe("a metric monitor without data", () => {
  const a = [series(steady(1, 0, 2))];

  it("keeps its status where nothing is said about it", async () => {
    const { statuses } = await replay([down()], { series: { a } }, 60);

    expect(statuses(1).at(-1)).to.equal("OK");
  });

  it("goes to No Data after the minutes of notify_no_data, one minute before it does not", async () => {
    const options = { notify_no_data: true, no_data_timeframe: 10 };

    const { turns, statuses } = await replay([down(options)], { series: { a } }, 14);

    // The window of two minutes has data up to minute 3.
    expect(statuses(1).slice(12, 14)).to.deep.equal(["OK", "No Data"]);
    expect(turns(1)).to.deep.equal(["0 OK", "13 No Data no data"]);
  });

  it("waits for twice its window where no minutes are given", async () => {
    const { turns } = await replay([down({ notify_no_data: true })], { series: { a } }, 14);

    expect(turns(1)).to.deep.equal(["0 OK", "7 No Data no data"]);
  });

  it("shows No Data at once by show_no_data, and notifies by show_and_notify_no_data", async () => {
    const show = await replay([down({ on_missing_data: "show_no_data" })], { series: { a } }, 6);
    const tell = await replay(
      [down({ on_missing_data: "show_and_notify_no_data" })],
      { series: { a } },
      6,
    );

    expect(show.turns(1)).to.deep.equal(["0 OK", "4 No Data"]);
    expect(tell.turns(1)).to.deep.equal(["0 OK", "4 No Data no data"]);
  });

  it("recovers from a No Data that notified, silently from another", async () => {
    const gap = [series({ ...steady(1, 0, 2), ...steady(1, 8, 9) })];
    const show = await replay(
      [down({ on_missing_data: "show_no_data" })],
      { series: { a: gap } },
      9,
    );
    const tell = await replay(
      [down({ on_missing_data: "show_and_notify_no_data" })],
      { series: { a: gap } },
      9,
    );

    expect(show.turns(1).at(-1)).to.equal("8 OK");
    expect(tell.turns(1).at(-1)).to.equal("8 OK recovered");
  });

  it("shows OK by resolve, also after an alert", async () => {
    const low = [series(steady(0, 0, 2))];

    const { turns } = await replay(
      [down({ on_missing_data: "resolve" })],
      { series: { a: low } },
      6,
    );

    expect(turns(1)).to.deep.equal(["0 Alert triggered", "4 OK recovered"]);
  });

  it("keeps its status by default, but counts nothing as 0", async () => {
    const gauge = await replay([down({ on_missing_data: "default" })], { series: { a } }, 9);
    const counted = monitor(1, "metric alert", "sum(last_2m):sum:a{*}.as_count() < 1", {
      on_missing_data: "default",
    });
    const count = await replay([counted], { series: { a: [series({ 2: 5 }, [], "count")] } }, 6);

    expect(gauge.turns(1)).to.deep.equal(["0 OK"]);
    expect(count.turns(1)).to.deep.equal([
      "0 Alert triggered",
      "2 OK recovered",
      "4 Alert triggered",
    ]);
  });

  it("notifies nobody before it ever had data", async () => {
    const options = { on_missing_data: "show_and_notify_no_data" };

    const { turns, statuses } = await replay([down(options)], {}, 5);

    expect(turns(1)).to.deep.equal([]);
    expect(statuses(1).at(-1)).to.equal("No Data");
  });
});

describe("reminders", () => {
  const a = [series(steady(0, 0, 100))];

  it("come at the interval, so often as is said, and not before", async () => {
    const options = { renotify_interval: 30, renotify_occurrences: 2 };

    const { turns } = await replay([down(options)], { series: { a } }, 100);

    expect(turns(1)).to.deep.equal(["0 Alert triggered", "30 Alert reminder", "60 Alert reminder"]);
  });

  it("do not end where no number is said, and are of the named statuses alone", async () => {
    const every = await replay([down({ renotify_interval: 30 })], { series: { a } }, 100);
    const warned = await replay(
      [down({ renotify_interval: 30, renotify_statuses: ["warn"] })],
      { series: { a } },
      100,
    );

    expect(every.turns(1)).to.have.length(4);
    expect(warned.turns(1)).to.have.length(1);
  });

  it("start from the beginning after a recovery", async () => {
    const options = { renotify_interval: 10, renotify_occurrences: 1 };
    const twice = [series({ ...steady(0, 0, 15), ...steady(1, 16, 17), ...steady(0, 18, 60) })];

    const { turns } = await replay([down(options)], { series: { a: twice } }, 60);

    expect(turns(1).filter((turn) => turn.endsWith("reminder"))).to.deep.equal([
      "10 Alert reminder",
      "29 Alert reminder",
    ]);
  });
});

describe("the states of a log monitor", () => {
  const failed = (rollup: string, more = "", threshold = 0) =>
    monitor(
      1,
      "log alert",
      `logs("a").index("*").rollup(${rollup})${more}.last("5m") > ${threshold}`,
    );

  it("count no line as 0, and lines until they leave the window", async () => {
    const { turns } = await replay([failed('"count"')], { logs: [log(2.5)] }, 9);

    expect(turns(1)).to.deep.equal(["0 OK", "3 Alert triggered", "8 OK recovered"]);
  });

  it("count different values, not lines", async () => {
    const logs = ["a", "a", "b", "c"].map((id, index) => log(index + 1, { "@order.id": id }));

    const { turns } = await replay([failed('"cardinality","@order.id"', "", 2)], { logs }, 5);

    expect(turns(1)).to.deep.equal(["0 OK", "4 Alert triggered"]);
  });

  it("measure numbers, and have no data without them", async () => {
    const logs = [log(1, { "@d": 10 }), log(1, { "@d": 30 }), log(1, { "@d": "x" })];
    const slow = failed('"avg","@d"', "", 19);

    const { turns, statuses } = await replay([slow], { logs }, 8);

    expect(statuses(1)[0]).to.equal("No Data");
    expect(turns(1)).to.deep.equal(["1 Alert triggered"]);
  });

  it("are kept by group, once a group is older than the delay", async () => {
    const logs = [log(1, { service: "a" }), log(3, { service: "a" }), log(3, { service: "b" })];
    const grouped = failed('"count"', '.by("service")', 1);

    const { turns, statuses } = await replay([grouped], { logs }, 9);

    expect(statuses(1)[0]).to.equal("No Data");
    expect(turns(1)).to.deep.equal([
      "2 OK service:a",
      "3 Alert service:a triggered",
      "4 OK service:b",
      "6 OK service:a recovered",
    ]);
  });
});
