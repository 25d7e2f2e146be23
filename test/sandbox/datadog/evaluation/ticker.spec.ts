import { expect } from "chai";
import { type Ticker, startTicker } from "../../../../sandbox/datadog/evaluation/ticker.ts";
import type { TelemetryReader } from "../../../../sandbox/datadog/evaluation/values/live-sources.ts";
import { createStore } from "../../../../sandbox/datadog/store.ts";
import { emptyState, type Monitor, type State } from "../../../../sandbox/datadog/state.ts";
import { at, start } from "./replay.ts";

const monitor: Monitor = {
  id: 7,
  type: "metric alert",
  name: "payment is down",
  message: "see the runbook",
  query: "max(last_1m):max:a{*} < 1",
  tags: ["team:shop"],
  priority: 1,
  restricted_roles: null,
  draft_status: "published",
  options: { require_full_window: false },
  multi: false,
  created: new Date(start).toISOString(),
  modified: new Date(start).toISOString(),
  assets: [],
};

const declared: State = { ...emptyState(new Date(start)), monitors: [monitor] };

/** A gauge that is 0 from minute 2 to minute 3. */
const telemetry: TelemetryReader = {
  logs: { find: () => [], counters: { measured: () => new Map() } },
  checks: { runs: () => [] },
  metrics: {
    series: (_, from, to) => {
      const points = [0, 1, 2, 3, 4]
        .map((minute) => ({ at: at(minute), value: minute === 2 || minute === 3 ? 0 : 1 }))
        .filter((point) => point.at > from && point.at <= to);
      return [{ tags: [], kind: "gauge", points }];
    },
  },
};

describe("the evaluation in the stand-in", () => {
  let ticker: Ticker | undefined;
  const reports: string[] = [];
  let minute = 0;

  function ticking(state: State, read = telemetry) {
    const store = createStore(state);
    const options = {
      store,
      telemetry: read,
      everyMs: 3_600_000,
      clock: () => new Date(at(minute)),
    };
    const started = startTicker({ ...options, report: (line) => reports.push(line) });
    ticker = started;
    return { store, tick: () => started.tick() };
  }

  beforeEach(() => {
    minute = 0;
    reports.length = 0;
  });
  afterEach(() => ticker?.close());

  it("keeps states and transitions, and posts an event for each notification", async () => {
    const { store, tick } = ticking(declared);

    for (minute = 0; minute <= 4; minute += 1) await tick();

    const { evaluation, events } = store.current();
    expect(evaluation.monitors[7]?.groups["*"]).to.include({ status: "OK", since: at(4) });
    expect(evaluation.transitions.map((turn) => [turn.at, turn.from, turn.to])).to.deep.equal([
      [at(0), "No Data", "OK"],
      [at(2), "OK", "Alert"],
      [at(4), "Alert", "OK"],
    ]);
    expect(events.map(({ title, alert_type: type }) => [title, type])).to.deep.equal([
      ["[Triggered] payment is down", "error"],
      ["[Recovered] payment is down", "success"],
    ]);
    expect(events[0]).to.deep.include({
      date_happened: at(2) / 1000,
      tags: ["team:shop", "source:monitor", "monitor_id:7"],
      text: "see the runbook",
    });
  });

  it("goes on after a restart where it was", async () => {
    const first = ticking(declared);
    for (minute = 0; minute <= 2; minute += 1) await first.tick();
    await ticker?.close();
    const saved = JSON.parse(JSON.stringify(first.store.current())) as State;
    const second = ticking(saved);

    minute = 3;
    await second.tick();

    expect(second.store.current().evaluation.monitors[7]?.groups["*"]?.since).to.equal(at(2));
    expect(second.store.current().events).to.have.length(1);
  });

  it("forgets a monitor that is deleted while it is evaluated", async () => {
    let onRead: () => void = () => undefined;
    const slow: TelemetryReader = {
      ...telemetry,
      metrics: {
        series: (...args) => {
          onRead();
          return telemetry.metrics.series(...args);
        },
      },
    };
    const { store, tick } = ticking(declared, slow);
    onRead = () => {
      void store.transact((state) => ({ state: { ...state, monitors: [] }, result: undefined }));
    };

    await tick();

    expect(store.current().evaluation).to.deep.equal({ monitors: {}, transitions: [] });
  });

  it("says in one line that it failed, and tries again", async () => {
    let broken = true;
    const failing: TelemetryReader = {
      ...telemetry,
      metrics: {
        series: (...args) => {
          if (broken) throw new Error("disk full");
          return telemetry.metrics.series(...args);
        },
      },
    };
    const { store, tick } = ticking(declared, failing);

    await tick();
    broken = false;
    await tick();

    expect(reports).to.deep.equal(['monitor 7 "payment is down" is not evaluated: disk full']);
    expect(store.current().evaluation.monitors[7]?.groups["*"]?.status).to.equal("OK");
  });

  it("evaluates the other monitors where one cannot be, and says so once", async () => {
    const [monitor] = declared.monitors;
    if (monitor === undefined) throw new Error("no monitor is declared");
    const broken = {
      ...monitor,
      ...{ id: 8, name: "a typo", type: "log alert" },
      query: 'logs("service:a").index("*").rollup("count").last("5m") > 1',
    };
    const logs = {
      find: () => [],
      counters: {
        measured: () => {
          throw new Error("the search is not understood");
        },
      },
    };
    const { store, tick } = ticking(
      {
        ...declared,
        monitors: [broken, monitor],
      },
      { ...telemetry, logs },
    );

    await tick();
    await tick();

    const { monitors } = store.current().evaluation;
    expect(monitors[7]?.groups["*"]?.status).to.equal("OK");
    expect(monitors[8]?.why).to.equal("the search is not understood");
    expect(reports).to.deep.equal([
      'monitor 8 "a typo" is not evaluated: the search is not understood',
    ]);
  });
});
