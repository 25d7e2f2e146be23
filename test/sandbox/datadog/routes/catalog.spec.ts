// The shapes are those of exchanges that Datadog's own Terraform provider recorded
// (TestAccDatadogCatalogEntity_Basic), and of what that provider reads of `include=raw_schema`.
import { expect } from "chai";
import { errorsOf, type Reply, standIn } from "../stand-in.ts";

const path = "/api/v2/catalog/entity";

const entity = (name: string, more: object = {}) => ({
  apiVersion: "v3",
  kind: "service",
  metadata: { name, owner: "sock-shop", tags: ["team:sock-shop"] },
  spec: { dependsOn: ["service:payment"] },
  ...more,
});

interface Body {
  readonly data: readonly { readonly id: string; readonly attributes: { readonly name: string } }[];
  readonly meta: object;
  readonly included?: readonly { readonly type: string; readonly attributes: object }[];
}
const bodyOf = ({ body }: Reply) => body as Body;
const namesOf = (reply: Reply) => bodyOf(reply).data.map(({ attributes }) => attributes.name);

describe("entities of the Software Catalog", () => {
  const managed = {
    origin: { origin: "unknown" },
    ingestionSource: "api",
    createdAt: "2027-01-05T10:00:00.000Z",
    modifiedAt: "2027-01-05T10:00:00.000Z",
  };

  it("are accepted with what the server adds", async () => {
    const reply = await standIn().send(`POST ${path}`, entity("orders"));

    expect(reply.status).to.equal(202);
    const [{ id } = { id: "" }] = bodyOf(reply).data;
    expect(id).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(reply.body).to.deep.equal({
      data: [
        {
          id,
          type: "entity",
          attributes: {
            apiVersion: "v3",
            kind: "service",
            name: "orders",
            namespace: "default",
            owner: "sock-shop",
            tags: ["team:sock-shop"],
          },
          relationships: { schema: { data: { id, type: "schema" } } },
          meta: {
            createdAt: managed.createdAt,
            modifiedAt: managed.modifiedAt,
            ingestionSource: "api",
            origin: "unknown",
          },
        },
      ],
      meta: { count: 1, includeCount: 1 },
      included: [
        {
          id,
          type: "schema",
          attributes: {
            schema: {
              ...entity("orders"),
              metadata: { ...entity("orders").metadata, namespace: "default", managed },
            },
          },
        },
      ],
    });
  });

  it("are replaced by one of the same kind and name, and keep their id", async () => {
    const on = standIn();
    const first = bodyOf(await on.send(`POST ${path}`, entity("orders")));
    on.setNow("2027-01-05T11:00:00Z");
    const second = bodyOf(await on.send(`POST ${path}`, entity("orders", { spec: {} })));

    expect(second.data[0]?.id).to.equal(first.data[0]?.id);
    expect(on.state().entities).to.have.length(1);
    expect(on.state().entities[0]?.modified).to.equal("2027-01-05T11:00:00.000Z");
    expect(on.state().entities[0]?.schema["spec"]).to.deep.equal({});
  });

  it("are found by reference, with or without the namespace, and by name, kind and owner", async () => {
    const on = standIn();
    await on.send(`POST ${path}`, entity("orders"));
    await on.send(`POST ${path}`, entity("payment"));
    await on.send(`POST ${path}`, {
      apiVersion: "v3",
      kind: "system",
      metadata: { name: "orders" },
    });
    const found = async (query: string) => namesOf(await on.send(`GET ${path}?${query}`));

    expect(await found("")).to.deep.equal(["orders", "payment", "orders"]);
    expect(await found("filter[ref]=service:default/orders")).to.deep.equal(["orders"]);
    expect(await found("filter[ref]=service:orders")).to.deep.equal(["orders"]);
    expect(await found("filter[ref]=service:other/orders")).to.deep.equal([]);
    expect(await found("filter[name]=orders&filter[kind]=system")).to.deep.equal(["orders"]);
    expect(await found("filter[owner]=sock-shop")).to.deep.equal(["orders", "payment"]);
    expect(await found("page[limit]=1&page[offset]=1")).to.deep.equal(["payment"]);
  });

  it("include the schema as it is read and as it is kept", async () => {
    const on = standIn();
    await on.send(`POST ${path}`, entity("orders"));

    const reply = await on.send(
      `GET ${path}?include=raw_schema&filter[ref]=service:default/orders`,
    );

    const [schema, raw, ...more] = bodyOf(reply).included ?? [];
    expect(more).to.deep.equal([]);
    expect([schema?.type, raw?.type]).to.deep.equal(["schema", "raw_schema"]);
    const { raw_schema: text } = raw?.attributes as { raw_schema: string };
    const kept = JSON.parse(Buffer.from(text, "base64").toString()) as unknown;
    expect(kept).to.deep.equal((schema?.attributes as { schema: unknown }).schema);
  });

  it("are an empty list where none fits", async () => {
    const reply = await standIn().send(`GET ${path}?filter[ref]=service:default/orders`);

    expect(reply).to.deep.equal({
      status: 200,
      body: { data: [], meta: { count: 0, includeCount: 0 } },
    });
  });

  it("are deleted by reference or id, and need not be there", async () => {
    const on = standIn();
    await on.send(`POST ${path}`, entity("orders"));
    const payment = bodyOf(await on.send(`POST ${path}`, entity("payment")));

    expect((await on.send(`DELETE ${path}/service:default/orders`)).status).to.equal(204);
    expect(on.state().entities.map(({ schema }) => schema.metadata.name)).to.deep.equal([
      "payment",
    ]);
    const { id } = payment.data[0] ?? { id: "" };
    expect((await on.send(`DELETE ${path}/${id}`)).status).to.equal(204);
    expect(on.state().entities).to.deep.equal([]);
    expect((await on.send(`DELETE ${path}/service:default/orders`)).status).to.equal(204);
  });

  const refused: readonly (readonly [what: string, body: object, why: RegExp])[] = [
    ["a schema that there is not", { ...entity("a"), apiVersion: "v9" }, /apiVersion/],
    ["a kind that there is not", { ...entity("a"), kind: "daemon" }, /Invalid payload/],
    ["no name", { ...entity("a"), metadata: {} }, /name/],
    ["an empty name", { ...entity("a"), metadata: { name: "" } }, /name/],
    ["dependencies that are no list", { ...entity("a"), spec: { dependsOn: "b" } }, /dependsOn/],
  ];
  for (const [what, body, why] of refused) {
    it(`are refused with ${what}`, async () => {
      const reply = await standIn().send(`POST ${path}`, body);

      expect(reply.status).to.equal(400);
      expect(errorsOf(reply).join()).to.match(why);
    });
  }

  it("are refused as YAML, and with parts that the stand-in does not serve", async () => {
    const on = standIn();
    const json = { "content-type": "application/json" };

    expect(
      (await on.send(`POST ${path}`, "apiVersion: v3\nkind: service\n", json)).status,
    ).to.equal(400);
    expect((await on.send(`GET ${path}?include=oncall`)).status).to.equal(501);
    const older = { ...entity("a"), apiVersion: "v2.2" };
    expect((await on.send(`POST ${path}`, older)).status).to.equal(501);
  });
});
