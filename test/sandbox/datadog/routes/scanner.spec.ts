import { expect } from "chai";
import { errorsOf, idOf, standIn } from "../stand-in.ts";

const path = "/api/v2/sensitive-data-scanner/config";

const group = (differences: object = {}) => ({
  data: {
    type: "sensitive_data_scanner_group",
    attributes: {
      name: "secrets",
      is_enabled: true,
      product_list: ["logs"],
      filter: { query: "kube_namespace:sock-shop" },
      ...differences,
    },
  },
  meta: {},
});
const rule = (id: string, differences: object = {}) => ({
  data: {
    type: "sensitive_data_scanner_rule",
    attributes: {
      name: "cards",
      is_enabled: true,
      pattern: "4[0-9]{15}",
      text_replacement: { type: "replacement_string", replacement_string: "masked_pan" },
      ...differences,
    },
    relationships: { group: { data: { type: "sensitive_data_scanner_group", id } } },
  },
  meta: {},
});

interface Config {
  readonly data: {
    readonly relationships: { readonly groups: { readonly data: { id: string }[] } };
  };
  readonly included: { readonly id: string; readonly type: string; readonly attributes: object }[];
}

describe("Sensitive Data Scanner", () => {
  it("lists groups in the order of their creation, and rules with their group", async () => {
    const on = standIn();
    const first = idOf(await on.send(`POST ${path}/groups`, group()));
    const second = idOf(await on.send(`POST ${path}/groups`, group({ name: "others" })));
    const own = idOf(await on.send(`POST ${path}/rules`, rule(second)));

    const { data, included } = (await on.send(`GET ${path}`)).body as Config;

    expect(data.relationships.groups.data.map(({ id }) => id)).to.deep.equal([first, second]);
    expect(included.map(({ id }) => id)).to.deep.equal([first, second, own]);
    expect(included[1]).to.have.nested.property("relationships.rules.data[0].id", own);
    expect(included[2]).to.have.nested.property("relationships.group.data.id", second);
  });

  it("changes what is given, and deletes a group with its rules", async () => {
    const on = standIn();
    const id = idOf(await on.send(`POST ${path}/groups`, group()));
    const own = idOf(await on.send(`POST ${path}/rules`, rule(id)));

    const change = {
      data: { type: "sensitive_data_scanner_rule", id: own, attributes: { priority: 2 } },
      meta: {},
    };
    expect((await on.send(`PATCH ${path}/rules/${own}`, change)).status).to.equal(200);
    const { included } = (await on.send(`GET ${path}`)).body as Config;
    expect(included[1]?.attributes).to.deep.include({ priority: 2, pattern: "4[0-9]{15}" });
    expect((await on.send(`DELETE ${path}/groups/${id}`, { meta: {} })).status).to.equal(200);
    expect(((await on.send(`GET ${path}`)).body as Config).included).to.deep.equal([]);
    const gone = await on.send(`DELETE ${path}/rules/${own}`, { meta: {} });
    expect([gone.status, errorsOf(gone)]).to.deep.equal([404, ["Scanning rule not found"]]);
  });

  it("refuses a rule without a group, a pattern or a text to put in its place", async () => {
    const on = standIn();
    const id = idOf(await on.send(`POST ${path}/groups`, group()));
    const send = async (body: object) => (await on.send(`POST ${path}/rules`, body)).status;

    expect(await send(rule("none"))).to.equal(400);
    expect(await send(rule(id, { pattern: "" }))).to.equal(400);
    expect(await send(rule(id, { text_replacement: { type: "replacement_string" } }))).to.equal(
      400,
    );
    expect(await send(rule(id, { text_replacement: { type: "other" } }))).to.equal(400);
    expect(await send(rule(id))).to.equal(200);
  });

  it("refuses a product that there is not", async () => {
    const { status } = await standIn().send(
      `POST ${path}/groups`,
      group({ product_list: ["mail"] }),
    );

    expect(status).to.equal(400);
  });
});
