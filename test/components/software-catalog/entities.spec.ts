import { expect } from "chai";
import { catalogue, datadogService } from "../../../components/shop/catalogue.ts";
import { type Entity, entities } from "../../../components/software-catalog/entities.ts";
import { sourceCode } from "../../../components/software-catalog/source-code.ts";
import { problemsOf, problemText } from "../../../sandbox/datadog/http/validate-body.ts";
import { ofType } from "../../../simulation/declared/resource-graph.ts";
import { stackGraph } from "../../../simulation/declared/stack-graph.ts";

const scope = { clusterName: "kind-1", namespace: "socks" };
const links = {
  runbook: "https://wiki.example.com/runbook",
  shop: "http://localhost:2025",
  dashboards: { "Incident timeline": "https://us5.datadoghq.com/dashboard/abc/timeline" },
};
const all = entities(scope, links);
const [system, ...services] = all;
const find = (name: string) => all.find(({ metadata }) => metadata.name === name);
const plain = (entity: Entity) => JSON.parse(JSON.stringify(entity)) as unknown;

describe("the entities of the Software Catalog", () => {
  it("are the system and every service of the catalogue, by the values of their tags", () => {
    expect(system?.kind).to.equal("system");
    expect(services.map(({ kind, metadata }) => `${kind}:${metadata.name}`)).to.deep.equal(
      catalogue.map(({ name }) => `service:${datadogService(name)}`),
    );
    expect(services).to.have.length(14);
    expect(system?.spec.components).to.deep.equal(
      services.map(({ metadata }) => `service:${metadata.name}`),
    );
  });

  it("depend on what the services call, and on nothing else", () => {
    const calls = services.map(({ metadata, spec }) => [metadata.name, spec.dependsOn]);

    expect(Object.fromEntries(calls)).to.deep.equal(
      Object.fromEntries(
        catalogue.map(({ name, calls: callees }) => [
          datadogService(name),
          callees.map((callee) => `service:sock-shop-${callee}`),
        ]),
      ),
    );
    expect(find("sock-shop-orders")?.spec.dependsOn).to.include("service:sock-shop-payment");
  });

  for (const entity of all) {
    it(`${entity.metadata.name} is one to Datadog's own models, and has an owner`, () => {
      expect(problemsOf("v2", "EntityV3", plain(entity)).map(problemText)).to.deep.equal([]);
      expect(entity.metadata.owner).to.equal("sock-shop");
      expect(entity.metadata.tags).to.include("team:sock-shop");
    });

    it(`${entity.metadata.name} has no part beside those of the published schema`, () => {
      const { metadata, spec, datadog } = entity;
      expect(Object.keys(entity)).to.deep.equal([
        "apiVersion",
        "kind",
        "metadata",
        "spec",
        "datadog",
      ]);
      expect(["name", "displayName", "owner", "tags", "links"]).to.include.members(
        Object.keys(metadata),
      );
      expect(["type", "dependsOn", "componentOf", "components"]).to.include.members(
        Object.keys(spec),
      );
      expect(["logs", "events", "codeLocations"]).to.include.members(Object.keys(datadog));
    });
  }

  it("link the runbook, the dashboards and the code", () => {
    expect(find("sock-shop-orders")?.metadata.links).to.deep.equal([
      { name: "Runbook", type: "runbook", url: links.runbook },
      {
        name: "Incident timeline",
        type: "dashboard",
        url: "https://us5.datadoghq.com/dashboard/abc/timeline",
      },
      {
        name: "Source code",
        type: "repo",
        url: "https://github.com/microservices-demo/orders",
      },
    ]);
    const withoutCode = services.filter(({ metadata }) =>
      metadata.links.every(({ type }) => type !== "repo"),
    );
    expect(withoutCode.map(({ metadata }) => metadata.displayName)).to.deep.equal(
      catalogue.map(({ name }) => name).filter((name) => sourceCode[name] === undefined),
    );
  });

  it("link no runbook where none is published", () => {
    const unpublished = entities(scope, { ...links, runbook: undefined });

    expect(JSON.stringify(unpublished)).to.not.contain("unbook");
  });

  it("find the lines of the service on its cluster", () => {
    expect(find("sock-shop-payment")?.datadog["logs"]).to.deep.equal([
      {
        name: "All lines",
        query: "kube_cluster_name:kind-1 kube_namespace:socks service:sock-shop-payment",
      },
    ]);
  });
});

describe("the stack's entities", () => {
  const type = "datadog:index/softwareCatalog:SoftwareCatalog";
  const declared = async (config: Record<string, string>) =>
    ofType((await stackGraph(config)).resources, type);

  it("are none unless the stack owns them", async () => {
    expect([...(await declared({})).keys()]).to.deep.equal([]);
  });

  it("are the same in every state of the flag", async () => {
    const own = { "sock-shop:softwareCatalog": "own" };
    const healthy = await declared(own);

    expect([...healthy.keys()]).to.deep.equal(all.map(({ metadata }) => metadata.name));
    expect(await declared({ ...own, "sock-shop:incident": "payment-down" })).to.deep.equal(healthy);
    const texts = [...healthy.values()].map(({ inputs }) => inputs["entity"] as string);
    expect(texts.map((text) => (JSON.parse(text) as Entity).metadata.name)).to.deep.equal([
      ...healthy.keys(),
    ]);
    expect(texts[0]).to.contain('"url": "http://127.0.0.1:2026/dashboard/abc"');
  });
});
