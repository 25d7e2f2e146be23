import { expect } from "chai";
import { checked, created } from "../../../../../simulation/declared/sent-requests.ts";
import type { Api } from "../../../../../sandbox/plugins/datadog/api/api.ts";
import { softwareCatalog } from "../../../../../sandbox/plugins/datadog/resources/software-catalog.ts";
import { type StandIn, standIn } from "../../../datadog/stand-in.ts";

const TYPE = "datadog:index/softwareCatalog:SoftwareCatalog";
const entity = { apiVersion: "v3", kind: "service", metadata: { name: "orders", owner: "a" } };
const inputs = (more: object = {}) =>
  checked(TYPE, { entity: JSON.stringify({ ...entity, ...more }, null, 2) });

/** The API that the stand-in for Datadog is. */
const apiOf =
  (on: StandIn): Api =>
  async ({ method, path, body }) =>
    ((await on.send(`${method} ${path}`, body, { "content-type": "application/json" })).body ??
      {}) as Awaited<ReturnType<Api>>;

describe("datadog:SoftwareCatalog", () => {
  it("sends the entity as it is", async () => {
    const answer = { included: [{ attributes: { schema: { ...entity } } }] };

    expect(await created(TYPE, { entity: JSON.stringify(entity) }, answer)).to.deep.equal([
      { method: "POST", path: "/api/v2/catalog/entity", body: entity },
    ]);
  });

  it("reads back what was declared, without what the API adds", async () => {
    const api = apiOf(standIn());
    const live = await softwareCatalog.create(api, inputs());

    expect(live.id).to.equal("service:default/orders");
    expect(JSON.parse(live.outputs["entity"] as string)).to.deep.equal(entity);
    expect(await softwareCatalog.read(api, live.id)).to.deep.equal(live);
  });

  it("replaces its content, and is gone after its deletion", async () => {
    const api = apiOf(standIn());
    const { id } = await softwareCatalog.create(api, inputs());

    const next = await softwareCatalog.update(api, id, inputs({ spec: { tier: "1" } }));
    expect(JSON.parse(next.outputs["entity"] as string)).to.deep.equal({
      ...entity,
      spec: { tier: "1" },
    });
    await softwareCatalog.remove(api, id, {});
    expect(await softwareCatalog.read(api, id)).to.equal(undefined);
  });

  const refused: readonly (readonly [what: string, more: object, why: string])[] = [
    ["an older schema", { apiVersion: "v2.2" }, 'entity has apiVersion "v2.2": expected "v3"'],
    ["another name", { metadata: { name: "carts" } }, "an entity cannot become another one"],
    ["no name", { metadata: {} }, "entity has no kind, or no metadata.name"],
  ];
  for (const [what, more, why] of refused) {
    it(`refuses ${what}`, async () => {
      const api = apiOf(standIn());
      const { id } = await softwareCatalog.create(api, inputs());

      const outcome = await softwareCatalog
        .update(api, id, inputs(more))
        .catch((error: unknown) => (error as Error).message);
      expect(outcome).to.be.a("string").that.contains(why);
    });
  }

  it("refuses YAML, which the official plugin takes", () => {
    expect(() => checked(TYPE, { entity: "apiVersion: v3" })).to.throw("entity");
  });
});
