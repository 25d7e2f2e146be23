import { expect } from "chai";
import { idOf, standIn } from "../stand-in.ts";

const root = "/api/v2/on-call";
const policy = (name: string) => ({
  data: {
    type: "policies",
    attributes: {
      name,
      steps: [
        {
          assignment: "default",
          escalate_after_seconds: 300,
          targets: [{ type: "teams", id: "t" }],
        },
      ],
    },
  },
});

describe("On-Call", () => {
  it("keeps an escalation policy as it was sent, until it is deleted", async () => {
    const on = standIn();
    const created = await on.send(`POST ${root}/escalation-policies`, policy("p"));
    const id = idOf(created);
    const path = `${root}/escalation-policies/${id}`;

    expect(created.status).to.equal(201);
    const change = { data: { ...policy("q").data, id } };
    expect((await on.send(`PUT ${path}`, change)).status).to.equal(200);
    expect((await on.send(`GET ${path}`)).body).to.have.nested.property(
      "data.attributes.name",
      "q",
    );
    expect((await on.send(`DELETE ${path}`)).status).to.equal(204);
    expect((await on.send(`GET ${path}`)).status).to.equal(404);
  });

  it("has no rules of a team to begin with, and then those that were sent last", async () => {
    const on = standIn();
    const path = `${root}/teams/t/routing-rules`;
    const send = (rules: object[]) =>
      on.send(`PUT ${path}`, {
        data: { type: "team_routing_rules", id: "t", attributes: { rules } },
      });
    const rules = async () => (await on.send(`GET ${path}`)).body;

    expect(await rules())
      .to.have.nested.property("data.attributes.rules")
      .that.deep.equals([]);
    await send([{ policy_id: "p", urgency: "high" }]);
    await send([{ policy_id: "q", urgency: "high" }]);
    expect(await rules()).to.have.nested.property("data.attributes.rules[0].policy_id", "q");
  });

  it("refuses a step of another shape, and an urgency that there is not", async () => {
    const on = standIn();
    const odd = { data: { type: "policies", attributes: { name: "p", steps: [{ after: 1 }] } } };

    expect((await on.send(`POST ${root}/escalation-policies`, odd)).status).to.equal(400);
    const rules = [{ policy_id: "p", urgency: "very" }];
    const body = { data: { type: "team_routing_rules", attributes: { rules } } };
    expect((await on.send(`PUT ${root}/teams/t/routing-rules`, body)).status).to.equal(400);
  });
});
