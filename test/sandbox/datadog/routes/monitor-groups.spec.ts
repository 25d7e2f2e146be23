import { expect } from "chai";
import type { GroupState } from "../../../../sandbox/datadog/evaluation/state/group-state.ts";
import { errorsOf, idOf, metricMonitor, standIn, type StandIn } from "../stand-in.ts";

const at = Date.UTC(2027, 0, 5, 9);

function group(status: GroupState["status"], more: Partial<GroupState> = {}): GroupState {
  return { status, since: at, firstSeen: at, renotified: 0, told: false, ...more };
}

async function withGroups(): Promise<StandIn> {
  const on = standIn();
  const ids: number[] = [];
  for (const name of ["agents are silent", "payment is down"]) {
    const body = metricMonitor({ name, priority: name.startsWith("agents") ? 3 : 1 });
    ids.push(Number(idOf(await on.send("POST /api/v1/monitor", body))));
  }
  const [agents = 0, payment = 0] = ids;
  const known = { of: "", since: at, evaluated: at, downtimes: [] };
  const groups: [number, Record<string, GroupState>][] = [
    [agents, { "host:a": group("OK"), "host:b": group("No Data", { lastNoData: at }) }],
    [payment, { "*": group("Alert", { lastTriggered: at }) }],
  ];
  await on.change((state) => ({
    ...state,
    evaluation: {
      ...state.evaluation,
      monitors: Object.fromEntries(groups.map(([id, own]) => [id, { ...known, groups: own }])),
    },
  }));
  return on;
}

async function search(on: StandIn, query: string, more = "") {
  const reply = await on.send(
    `GET /api/v1/monitor/groups/search?query=${encodeURIComponent(query)}${more}`,
  );
  expect(reply.status, JSON.stringify(reply.body)).to.equal(200);
  return reply.body as {
    groups: Record<string, unknown>[];
    counts: { status: { name: string; count: number }[] };
    metadata: Record<string, number>;
  };
}

describe("the search for groups of monitors", () => {
  const searches: [query: string, groups: string[]][] = [
    ["", ["host:a", "host:b", "total"]],
    ["status:alert", ["total"]],
    ["status:(ok OR alert)", ["host:a", "total"]],
    ["-status:ok", ["host:b", "total"]],
    ["group:host agents", ["host:a", "host:b"]],
    ["priority:p1", ["total"]],
    ['status:"no data" AND type:metric', ["host:b"]],
    ["status:warn", []],
  ];
  for (const [query, groups] of searches) {
    it(`finds by ${JSON.stringify(query)}`, async () => {
      const found = await search(await withGroups(), query);

      expect(found.groups.map((one) => one["group"])).to.deep.equal(groups);
      expect(found.metadata).to.deep.include({ total_count: groups.length, page: 0 });
    });
  }

  it("shows the group's own status and times", async () => {
    const { groups, counts } = await search(await withGroups(), "", "&sort=status,asc");

    expect(groups[0]).to.include({
      group: "total",
      monitor_name: "payment is down",
      status: "Alert",
      last_triggered_ts: at / 1000,
      last_nodata_ts: 0,
    });
    expect(groups[1]).to.include({ group: "host:b", status: "No Data", last_nodata_ts: at / 1000 });
    expect(groups[1]?.["group_tags"]).to.deep.equal(["host:b"]);
    expect(counts.status).to.deep.equal([
      { name: "OK", count: 1 },
      { name: "No Data", count: 1 },
      { name: "Alert", count: 1 },
    ]);
  });

  it("goes from page to page", async () => {
    const on = await withGroups();
    const { groups, metadata } = await search(on, "", "&per_page=2&page=1&sort=group,desc");

    expect(groups.map((one) => one["group_tags"])).to.deep.equal([["total"]]);
    expect(metadata).to.deep.equal({ total_count: 3, page: 1, per_page: 2, page_count: 2 });
  });

  for (const [what, query, why] of [
    [
      "a status that is none",
      "query=status:notastatus",
      /'notastatus' is not a valid monitor status/,
    ],
    ["an order that is none", "sort=colour,asc", /^sort "colour,asc": name, id, status/],
    ["OR between terms", "query=a%20OR%20b", /reads no 'OR' between terms/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const reply = await standIn().send(`GET /api/v1/monitor/groups/search?${query}`);

      expect(reply.status).to.equal(400);
      expect(errorsOf(reply).join()).to.match(why);
    });
  }
});
