import { expect } from "chai";
import { log, monitor, replay, run, series } from "./replay.ts";

/** A point each minute up to a minute, with one value. */
function steady(value: number, from: number, to: number): Record<number, number> {
  const minutes = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return Object.fromEntries(minutes.map((minute) => [minute, value]));
}

const down = (options = {}) => monitor(1, "metric alert", "max(last_2m):max:a{*} < 1", options);

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

  it("warn between two thresholds and tell people of each", async () => {
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

  it("shows No Data at once by show_no_data, and tells people by show_and_notify_no_data", async () => {
    const show = await replay([down({ on_missing_data: "show_no_data" })], { series: { a } }, 6);
    const tell = await replay(
      [down({ on_missing_data: "show_and_notify_no_data" })],
      { series: { a } },
      6,
    );

    expect(show.turns(1)).to.deep.equal(["0 OK", "4 No Data"]);
    expect(tell.turns(1)).to.deep.equal(["0 OK", "4 No Data no data"]);
  });

  it("recovers from a No Data that people were told of, silently from another", async () => {
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

  it("tells nobody before it ever had data", async () => {
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

  it("begin anew after a recovery", async () => {
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

describe("the states of a service check", () => {
  const query = '"up".over("c:x").by("host").last(3).count_by_status()';
  const agent = monitor(1, "service check", query, {
    thresholds: { critical: 2, warning: 1, ok: 2 },
    notify_no_data: true,
    no_data_timeframe: 4,
    new_group_delay: 0,
  });
  const runs = (statuses: string) =>
    [...statuses].flatMap((letter, minute) => {
      const status = ({ O: "OK", W: "WARNING", C: "CRITICAL", U: "UNKNOWN" } as const)[letter];
      return status === undefined ? [] : [run(minute, status, ["c:x", "host:n1"])];
    });

  it("need as many runs in a row as the threshold says, in both directions", async () => {
    const { statuses } = await replay([agent], { checks: runs("OOCOCCUOWOO") }, 10);

    expect(statuses(1)).to.deep.equal([
      ...["OK", "OK", "OK", "OK", "OK", "Alert", "Alert", "Alert", "Warn", "Warn", "OK"],
    ]);
  });

  it("go to No Data when a host is silent, and ignore runs out of scope", async () => {
    const others = [run(0, "CRITICAL", ["c:y", "host:n2"]), run(0, "CRITICAL", ["c:x"])];

    const { turns } = await replay([agent], { checks: [...runs("OOO"), ...others] }, 9);

    expect(turns(1)).to.deep.equal(["0 OK host:n1", "7 No Data host:n1 no data"]);
  });
});

describe("new groups", () => {
  const a = [series(steady(0, 0, 9), ["host:n1"])];
  const grouped = (options: Record<string, number>) =>
    monitor(1, "metric alert", "max(last_1m):max:a{*} by {host} < 1", options);

  it("are left alone for the delay of groups, of hosts, or a minute", async () => {
    const first = async (options: Record<string, number>) =>
      (await replay([grouped(options)], { series: { a } }, 9)).turns(1)[0];

    expect(await first({ new_group_delay: 0 })).to.equal("0 Alert host:n1 triggered");
    expect(await first({ new_group_delay: 240 })).to.equal("4 Alert host:n1 triggered");
    expect(await first({ new_host_delay: 300 })).to.equal("5 Alert host:n1 triggered");
    expect(await first({})).to.equal("1 Alert host:n1 triggered");
  });
});

describe("a composite", () => {
  const cause = down({ notify_no_data: true, no_data_timeframe: 2 });
  const symptom = monitor(2, "log alert", 'logs("a").rollup("count").last("15m") > 0');
  const both = (query: string, options = {}) => monitor(3, "composite", query, options);
  const a = [series({ ...steady(1, 0, 2), ...steady(0, 3, 9), ...steady(1, 10, 30) })];

  it("is evaluated after its members, wherever it stands, and ends with one of them", async () => {
    const monitors = [both("1 && 2"), cause, symptom];

    const { turns } = await replay(monitors, { series: { a }, logs: [log(6)] }, 20);

    expect(turns(3)).to.deep.equal(["0 OK", "6 Alert triggered", "10 OK recovered"]);
  });

  it("keeps its last status in No Data, unless people are to be told", async () => {
    const gone = [series(steady(0, 0, 4))];
    const data = { series: { a: gone }, logs: [log(2)] };

    const kept = await replay([cause, symptom, both("1 && 2")], data, 12);
    const told = await replay([cause, symptom, both("1 && 2", { notify_no_data: true })], data, 12);

    expect(kept.turns(3)).to.deep.equal(["0 OK", "2 Alert triggered"]);
    expect(told.turns(3)).to.deep.equal(["0 OK", "2 Alert triggered", "7 No Data no data"]);
  });

  it("has the groups that its members have in common", async () => {
    const byHost = (id: number, metric: string) =>
      monitor(id, "metric alert", `max(last_1m):max:${metric}{*} by {host} < 1`, {
        new_group_delay: 0,
      });
    const hosts = (...names: string[]) =>
      names.map((name) => series(steady(0, 0, 3), [`host:${name}`]));
    const data = { series: { a: hosts("n1", "n2"), b: hosts("n2", "n3") } };

    const { turns } = await replay([byHost(1, "a"), byHost(2, "b"), both("1 && 2")], data, 2);

    expect(turns(3)).to.deep.equal(["0 Alert host:n2 triggered"]);
  });

  it("is not evaluated where a member is not", async () => {
    const odd = monitor(1, "metric alert", "avg(last_5m):anomalies(avg:a{*}) > 1");

    const { statuses } = await replay([odd, symptom, both("1 && 2")], {}, 1);

    expect(statuses(1)[0]).to.equal("the function anomalies() is not understood here");
    expect(statuses(3)[0]).to.equal("its member 1 is not evaluated");
  });
});

describe("a burn-rate alert", () => {
  const query = (threshold: number) =>
    `burn_rate("s").over("7d").long_window("1h").short_window("5m") > ${threshold}`;
  const facts = {
    targets: { "7d": 0.9 },
    kind: {
      good: "g",
      total: "g + sum:bad{*}.as_count()",
      queries: { g: "sum:good{*}.as_count()" },
    },
  };
  const data = {
    series: {
      good: [series(steady(1, 0, 60), [], "count")],
      bad: [series(steady(1, 10, 14), [], "count")],
    },
    slos: { s: facts },
  };

  it("asks for both windows above the threshold, and ends with the short one", async () => {
    const { turns } = await replay([monitor(1, "slo alert", query(1.9))], data, 30);

    // At minute 13 four of 18 were bad in the long window: 2.2; at minute 11 two of 14: 1.4.
    expect(turns(1)).to.deep.equal(["0 OK", "13 Alert triggered", "18 OK recovered"]);
  });

  it("of a monitor's SLO burns while the monitor alerts, by time", async () => {
    const a = [series({ ...steady(1, 0, 9), ...steady(0, 10, 14), ...steady(1, 15, 40) })];
    const slos = { s: { targets: { "7d": 0.9 }, kind: { monitors: [1] } } };
    const alert = monitor(2, "slo alert", query(1.9));

    const { turns } = await replay([alert, down()], { series: { a }, slos }, 30);

    expect(turns(1)).to.deep.equal(["0 OK", "11 Alert triggered", "15 OK recovered"]);
    expect(turns(2)).to.deep.equal(["0 OK", "14 Alert triggered", "20 OK recovered"]);
  });

  it("is not evaluated without its target, its SLO or its monitors", async () => {
    const odd = (slos: object) =>
      replay([monitor(1, "slo alert", query(1))], { slos } as typeof data, 0).then(
        ({ statuses }) => statuses(1)[0],
      );

    expect(await odd({})).to.equal("the SLO s is of a kind that is not understood");
    expect(await odd({ s: { ...facts, targets: {} } })).to.equal("the SLO has no target for 7d");
    expect(await odd({ s: { targets: { "7d": 0.9 }, kind: { monitors: [7] } } })).to.equal(
      "its monitor 7 is not evaluated",
    );
  });
});

describe("an evaluation", () => {
  it("begins anew when the query or the options change", async () => {
    const a = [series(steady(0, 0, 9))];
    const first = await replay([down()], { series: { a } }, 2);
    const again = await replay([down({ evaluation_delay: 60 })], { series: { a } }, 2);

    expect(first.state[1]?.of).to.not.equal(again.state[1]?.of);
  });

  it("of a window of a day happens every ten minutes", async () => {
    const daily = monitor(1, "metric alert", "max(last_1d):max:a{*} > 0");

    const { turns } = await replay([daily], { series: { a: [series({ 0: 0, 1: 1 })] } }, 12);

    expect(turns(1)).to.deep.equal(["0 OK", "10 Alert triggered"]);
  });
});
