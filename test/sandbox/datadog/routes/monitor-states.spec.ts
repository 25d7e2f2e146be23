import { expect } from "chai";
import { afterEvaluation } from "../../../../sandbox/datadog/evaluation/state/evaluated-state.ts";
import { evaluate } from "../../../../sandbox/datadog/evaluation/evaluate.ts";
import type { Series } from "../../../../sandbox/datadog/evaluation/values/data.ts";
import { errorsOf, idOf, metricMonitor, standIn, type StandIn } from "../stand-in.ts";

const now = Date.parse("2027-01-05T10:00:00.000Z");

/** A monitor by host: node-1 is down, node-2 is up; another that is not evaluated. */
async function evaluated(): Promise<{ on: StandIn; id: string; odd: string }> {
  const on = standIn();
  const options = { new_group_delay: 0, require_full_window: false };
  const query = "max(last_5m):max:a{*} by {host} < 1";
  const id = idOf(await on.send("POST /api/v1/monitor", metricMonitor({ query, options })));
  const unread = "avg(last_5m):anomalies(avg:a{*}) > 1";
  const odd = idOf(
    await on.send(
      "POST /api/v1/monitor",
      metricMonitor({ name: "odd", query: unread, options: {} }),
    ),
  );
  const host = (name: string, value: number): Series => {
    return { kind: "gauge", tags: [`host:${name}`], points: [{ at: now, value }] };
  };
  const sources = {
    series: () => [host("node-1", 0), host("node-2", 1)],
    logs: () => [],
    checks: () => [],
    slo: () => undefined,
  };
  const state = on.state();
  const evaluation = await evaluate(state.monitors, sources, {}, now);
  await on.change((current) => afterEvaluation(current, evaluation));
  return { on, id, odd };
}

describe("the state of a monitor", () => {
  it("is shown with since when, and by group where it is asked for", async () => {
    const { on, id } = await evaluated();

    const { body } = await on.send(`GET /api/v1/monitor/${id}?group_states=all`);

    const times = { last_nodata_ts: null, last_resolved_ts: null };
    expect(body).to.deep.include({
      overall_state: "Alert",
      overall_state_modified: "2027-01-05T10:00:00.000Z",
      state: {
        groups: {
          "host:node-1": {
            ...{ name: "host:node-1", status: "Alert", ...times },
            last_triggered_ts: now / 1000,
            last_notified_ts: now / 1000,
          },
          "host:node-2": {
            ...{ name: "host:node-2", status: "OK", ...times },
            last_triggered_ts: null,
            last_notified_ts: null,
            last_resolved_ts: now / 1000,
          },
        },
      },
    });
  });

  it("is left out by group where it is not asked for, and narrowed by status", async () => {
    const { on, id } = await evaluated();
    const groups = async (query: string) => {
      const { body } = await on.send(`GET /api/v1/monitor/${id}${query}`);
      const { state } = body as { state?: { groups: object } };
      return state && Object.keys(state.groups);
    };

    expect(await groups("")).to.equal(undefined);
    expect(await groups("?group_states=alert")).to.deep.equal(["host:node-1"]);
    expect(await groups("?group_states=ok,no%20data")).to.deep.equal(["host:node-2"]);
  });

  it("refuses a status that there is not", async () => {
    const { on, id } = await evaluated();

    const reply = await on.send(`GET /api/v1/monitor/${id}?group_states=red`);

    expect(reply.status).to.equal(400);
    expect(errorsOf(reply)).to.deep.equal([
      'Invalid group_states "red": must be all, alert, warn, no data, ok',
    ]);
  });

  it("is found by a search, in the list and in the event stream", async () => {
    const { on, id } = await evaluated();

    const search = await on.send("GET /api/v1/monitor/search?query=status:alert");
    const list = await on.send("GET /api/v1/monitor?group_states=all");
    const events = await on.send(`GET /api/v1/events?start=0&end=${now / 1000}`);

    const { monitors } = search.body as { monitors: { id: number; last_triggered_ts: number }[] };
    expect(monitors.map((one) => [String(one.id), one.last_triggered_ts])).to.deep.equal([
      [id, now / 1000],
    ]);
    const states = (list.body as { overall_state: string }[]).map((one) => one.overall_state);
    expect(states).to.deep.equal(["Alert", "No Data"]);
    const { events: posted } = events.body as { events: { title: string }[] };
    expect(posted.map(({ title }) => title)).to.deep.equal([
      "[Triggered on host:node-1] payment has no available replicas",
    ]);
  });

  it("says why one is not evaluated", async () => {
    const { on, odd } = await evaluated();

    const { body } = await on.send("GET /sandbox/state");

    const { notEvaluated } = body as { notEvaluated: unknown };
    expect(notEvaluated).to.deep.equal([
      { id: Number(odd), name: "odd", why: "the function anomalies() is not understood here" },
    ]);
  });
});
