import { expect } from "chai";
import { down, log, monitor, replay, run, series, steady } from "./replay.ts";

describe("the states of a service check", () => {
  const query = '"up".over("c:x").by("host").last(3).count_by_status()';
  const agent = monitor(1, "service check", query, {
    thresholds: { critical: 2, warning: 1, ok: 2 },
    notify_no_data: true,
    no_data_timeframe: 4,
    new_group_delay: 0,
  });
  const runs = (statuses: string) =>
    Array.from(statuses).flatMap((letter, minute) => {
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

describe("a monitor of agents, as the stack declares it", () => {
  const query = '"datadog.agent.up".over("c:x").by("host").last(2).count_by_status()';
  const silent = monitor(1, "service check", query, {
    thresholds: { critical: 1, warning: 1, ok: 1 },
    notify_no_data: true,
    no_data_timeframe: 10,
    new_group_delay: 300,
  });
  const runsOf = (host: string, from: number, to: number) =>
    Object.keys(steady(0, from, to)).map((minute) =>
      run(Number(minute), "OK", ["c:x", `host:${host}`]),
    );

  it("is OK once the first host is five minutes old, and reports its silence after ten", async () => {
    const { turns, statuses } = await replay([silent], { checks: runsOf("n1", 0, 20) }, 40);

    expect(turns(1)).to.deep.equal(["5 OK host:n1", "31 No Data host:n1 no data"]);
    expect(statuses(1).slice(4, 6)).to.deep.equal(["No Data", "OK"]);
    expect(statuses(1).slice(30, 32)).to.deep.equal(["OK", "No Data"]);
  });

  it("notifies nobody about a host that fell silent before it was old enough", async () => {
    const { turns } = await replay([silent], { checks: runsOf("n1", 0, 2) }, 60);

    expect(turns(1)).to.deep.equal([]);
  });

  it("stays OK while another host is new", async () => {
    const checks = [...runsOf("n1", 0, 20), ...runsOf("n2", 10, 20)];

    const { turns, statuses } = await replay([silent], { checks }, 20);

    expect(turns(1)).to.deep.equal(["5 OK host:n1", "15 OK host:n2"]);
    expect(new Set(statuses(1).slice(5))).to.deep.equal(new Set(["OK"]));
  });

  it("recovers without another delay, and forgets a host after two days of silence", async () => {
    const checks = [...runsOf("n1", 0, 10), ...runsOf("n1", 40, 42)];

    const { turns, state } = await replay([silent], { checks }, 44 + 2 * 1440);

    expect(turns(1)).to.deep.equal([
      "5 OK host:n1",
      "21 No Data host:n1 no data",
      "40 OK host:n1 recovered",
      "53 No Data host:n1 no data",
    ]);
    expect(state[1]?.groups).to.deep.equal({});
  });
});

describe("new groups", () => {
  const a = [series(steady(0, 0, 9), ["host:n1"])];
  const grouped = (options: Record<string, number>) =>
    monitor(1, "metric alert", "max(last_1m):max:a{*} by {host} < 1", options);

  it("are no groups yet: the monitor says No Data, and nothing of them", async () => {
    const { state, statuses } = await replay(
      [grouped({ new_group_delay: 240 })],
      { series: { a } },
      3,
    );

    expect(state[1]?.groups).to.deep.equal({});
    expect(statuses(1)).to.deep.equal(["No Data", "No Data", "No Data", "No Data"]);
  });

  it("count from when they were first seen, although they were silent in between", async () => {
    const gap = [series({ ...steady(0, 0, 1), ...steady(0, 6, 9) }, ["host:n1"])];

    const { turns } = await replay([grouped({ new_group_delay: 240 })], { series: { a: gap } }, 9);

    expect(turns(1)).to.deep.equal(["6 Alert host:n1 triggered"]);
  });

  it("that are forgotten are new again", async () => {
    const day = 24 * 60;
    const again = [series({ 0: 0, ...steady(0, day, day + 5) }, ["host:n1"])];

    const { turns } = await replay(
      [grouped({ new_group_delay: 240 })],
      { series: { a: again } },
      day + 5,
    );

    expect(turns(1)).to.deep.equal([`${day + 4} Alert host:n1 triggered`]);
  });

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
  it("starts from the beginning when the query or the options change", async () => {
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
