import { expect } from "chai";
import { policyArgs, routingArgs, scheduleArgs } from "../../../components/routing/on-call-args.ts";
import { evaluateAll } from "../../../policies/evaluate.ts";
import { rules } from "../../../policies/rules.ts";
import { parseSettings, report } from "../../../settings/settings.ts";
import { stackGraph } from "../../../simulation/declared/stack-graph.ts";
import { judgedStack } from "../../support/policies/judged-stack.ts";

const scope = { clusterName: "kind-1", namespace: "socks" };
const team = "11111111-1111-4111-8111-111111111111";
const users = ["22222222-2222-4222-8222-222222222222", "33333333-3333-4333-8333-333333333333"];
const config = { "sock-shop:onCall": JSON.stringify({ team, users }) };

describe("who is on call", () => {
  it("changes every Monday, in the order that is configured", () => {
    expect(scheduleArgs(scope, { team, users })).to.deep.include({
      teams: [team],
      timeZone: "UTC",
    });
    expect(scheduleArgs(scope, { team, users }).layers).to.deep.equal([
      {
        name: "weekly",
        effectiveDate: "2026-01-05T08:00:00Z",
        rotationStart: "2026-01-05T08:00:00Z",
        interval: { days: 7 },
        users,
      },
    ]);
    expect(new Date("2026-01-05T08:00:00Z").getUTCDay()).to.equal(1);
  });

  it("is paged first, then the whole team", () => {
    expect(policyArgs(scope, { team, users }, "s").steps).to.deep.equal([
      { escalateAfterSeconds: 300, targets: [{ schedule: "s", position: "current" }] },
      { escalateAfterSeconds: 900, targets: [{ team }] },
    ]);
    expect(routingArgs({ team, users }, "p")).to.deep.equal({
      teamId: team,
      rules: [{ escalationPolicy: "p", urgency: "dynamic" }],
    });
  });
});

describe("On-Call in the stack", () => {
  const typesOf = async (given: Readonly<Record<string, string>>) =>
    (await stackGraph(given)).resources
      .map(({ type }) => type.split(":").at(-1) ?? "")
      .filter((type) => type.startsWith("OnCall"))
      .sort();

  it("is there only where a team is named", async () => {
    expect(await typesOf({})).to.deep.equal([]);
    expect(await typesOf(config)).to.deep.equal([
      "OnCall",
      "OnCallEscalationPolicy",
      "OnCallSchedule",
      "OnCallTeamRoutingRules",
    ]);
  });

  it("complies with every policy", async () => {
    expect(evaluateAll(rules, await judgedStack("sandbox", "none", config))).to.deep.equal([]);
  });

  const wrong: readonly (readonly [onCall: unknown, key: string])[] = [
    [{ team: "sock-shop", users }, "onCall.team"],
    [{ team, users: [] }, "onCall.users"],
    [{ team, users: ["eve"] }, "onCall.users.0"],
    [{ team, users, days: 7 }, "onCall.days"],
    [team, "onCall"],
  ];
  for (const [onCall, key] of wrong) {
    it(`is refused with one line about ${key}`, () => {
      const plain = { datadogApiUrl: "http://127.0.0.1:2026/", onCall: JSON.stringify(onCall) };
      const result = parseSettings({ plain, secrets: {} }, "/home/me");
      const lines = "problems" in result ? report(result.problems).split("\n  ").slice(1) : [];

      expect(lines).to.have.length(1);
      expect(lines[0]).to.match(new RegExp(`^sock-shop:${key.replaceAll(".", "\\.")}: `));
    });
  }
});
