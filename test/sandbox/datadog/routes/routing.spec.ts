import { expect } from "chai";
import { errorsOf, idOf, standIn } from "../stand-in.ts";

const rules = "/api/v2/monitor/notification_rule";
const workflows = "/api/v2/workflows";

const rule = (attributes: object) => ({
  data: { type: "monitor-notification-rule", attributes: { name: "r", ...attributes } },
});
const filter = { tags: ["team:a"] };
const conditions = [{ scope: "transition_type:is_alert", recipients: ["slack-a"] }];

const workflow = (start: string) => ({
  data: {
    type: "workflows",
    attributes: {
      name: "w",
      published: true,
      spec: {
        steps: [{ name: "One", actionId: "com.datadoghq.dd.incidents.createIncident" }],
        triggers: [{ startStepNames: [start], monitorTrigger: {} }],
      },
    },
  },
});

describe("notification rules", () => {
  it("are kept as declared, replaced and deleted", async () => {
    const on = standIn();
    const declared = rule({ filter, conditional_recipients: { conditions } });
    const id = idOf(await on.send(`POST ${rules}`, declared));

    const { body } = await on.send(`GET ${rules}/${id}`);
    expect(body).to.have.nested.property(
      "data.attributes.conditional_recipients.conditions[0].scope",
    );
    const change = rule({ filter, recipients: ["slack-b"] });
    const changed = { data: { ...change.data, id } };
    expect((await on.send(`PATCH ${rules}/${id}`, changed)).status).to.equal(200);
    const all = (await on.send(`GET ${rules}`)).body as { data: { attributes: object }[] };
    expect(all.data.map(({ attributes }) => attributes)).to.deep.equal([
      {
        name: "r",
        filter,
        recipients: ["slack-b"],
        created: "2027-01-05T10:00:00.000Z",
        modified: "2027-01-05T10:00:00.000Z",
      },
    ]);
    expect((await on.send(`DELETE ${rules}/${id}`)).status).to.equal(204);
    expect((await on.send(`GET ${rules}/${id}`)).status).to.equal(404);
  });

  const refused: readonly (readonly [name: string, attributes: object])[] = [
    [
      "with recipients of both kinds",
      { filter, recipients: ["a"], conditional_recipients: { conditions } },
    ],
    ["without recipients", { filter }],
    ["without a filter", { recipients: ["a"] }],
    ["with an @", { filter, recipients: ["@a"] }],
  ];
  for (const [name, attributes] of refused) {
    it(`are refused ${name}`, async () => {
      expect((await standIn().send(`POST ${rules}`, rule(attributes))).status).to.equal(400);
    });
  }
});

describe("workflows", () => {
  it("are kept as declared, changed and deleted", async () => {
    const on = standIn();
    const created = await on.send(`POST ${workflows}`, workflow("One"));
    const id = idOf(created);

    expect(created.status).to.equal(201);
    const change = { data: { type: "workflows", id, attributes: { name: "v" } } };
    expect((await on.send(`PATCH ${workflows}/${id}`, change)).status).to.equal(200);
    const { body } = await on.send(`GET ${workflows}/${id}`);
    expect(body).to.have.nested.property("data.attributes.name", "v");
    expect(body).to.have.nested.property("data.attributes.spec.steps[0].name", "One");
    expect((await on.send(`DELETE ${workflows}/${id}`)).status).to.equal(204);
    expect((await on.send(`GET ${workflows}/${id}`)).status).to.equal(404);
  });

  it("are refused where a trigger begins with a step that there is not", async () => {
    const reply = await standIn().send(`POST ${workflows}`, workflow("Two"));

    expect([reply.status, errorsOf(reply)]).to.deep.equal([
      400,
      ['spec.triggers begin with "Two", which is no step'],
    ]);
  });
});
