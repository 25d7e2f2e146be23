import { expect } from "chai";
import { errorsOf, type StandIn } from "../stand-in.ts";
import { line, now, points, withData } from "../query/stored.ts";

const seconds = now / 1000;

async function filled(): Promise<StandIn> {
  const on = withData({
    points: [
      ...points("shop.orders", "count", { 10: 1 }, ["env:a", "outcome:placed"]),
      ...points("shop.orders", "count", { 7000: 1 }, ["env:b", "outcome:failed"]),
      ...points("kubernetes_state.pod.status_phase", "gauge", { 10: 1 }, ["env:a"]),
      ...points("shop.old", "gauge", { 90_000: 1 }, ["env:a"]),
    ],
    logs: [line(60), line(600, { message: "silent" })],
  });
  await on.send("POST /api/v1/check_run", [
    {
      ...{ check: "datadog.agent.up", host_name: "node-2", status: 0, timestamp: seconds - 400 },
      tags: ["kube_cluster_name:c"],
    },
  ]);
  return on;
}

async function ok(on: StandIn, request: string): Promise<unknown> {
  const reply = await on.send(request);
  expect(reply.status, `${request}: ${JSON.stringify(reply.body)}`).to.equal(200);
  return reply.body;
}

describe("what metrics there are", () => {
  it("is those with points since a moment, by tag where it is asked for", async () => {
    const on = await filled();
    const names = async (query: string) =>
      ((await ok(on, `GET /api/v1/metrics?${query}`)) as { metrics: string[] }).metrics;

    expect(await names(`from=${seconds - 100}`)).to.deep.equal([
      "kubernetes_state.pod.status_phase",
      "shop.orders",
    ]);
    expect(await names(`from=${seconds - 100_000}`)).to.include("shop.old");
    expect(await names(`from=${seconds - 9000}&tag_filter=env:b`)).to.deep.equal(["shop.orders"]);
    expect(await names(`from=${seconds - 100}&tag_filter=env:b`)).to.deep.equal([]);
    expect(errorsOf(await on.send("GET /api/v1/metrics"))).to.deep.equal([
      'from "" must be a time in whole seconds',
    ]);
  });

  it("is found by a part of the name", async () => {
    const on = await filled();

    expect(await ok(on, "GET /api/v1/search?q=metrics:orders")).to.deep.equal({
      results: { metrics: ["shop.orders"] },
    });
    expect(await ok(on, "GET /api/v1/search?q=nothing")).to.deep.equal({
      results: { metrics: [], hosts: [] },
    });
  });

  it("says the type of one, and 404 of one that has no points", async () => {
    const on = await filled();

    expect(await ok(on, "GET /api/v1/metrics/shop.orders")).to.include({ type: "count" });
    expect((await on.send("GET /api/v1/metrics/none")).status).to.equal(404);
  });

  it("lists the tags of one in the window asked for", async () => {
    const on = await filled();
    const tags = async (query: string) => {
      const body = await ok(on, `GET /api/v2/metrics/shop.orders/all-tags${query}`);
      return (body as { data: { attributes: { tags: string[] } } }).data.attributes.tags;
    };

    expect(await tags("")).to.deep.equal(["env:a", "outcome:placed"]);
    expect(await tags("?window[seconds]=9000")).to.have.length(4);
    expect(await tags("?window[seconds]=9000&filter[tags]=outcome")).to.deep.equal([
      "outcome:failed",
      "outcome:placed",
    ]);
    expect((await on.send("GET /api/v2/metrics/none/all-tags")).status).to.equal(404);
    const { data } = (await ok(on, "GET /api/v2/metrics/shop.orders/active-configurations")) as {
      data: { attributes: { active_tags: string[] } };
    };
    expect(data.attributes.active_tags).to.deep.equal(["env", "outcome"]);
  });

  it("is listed with the declared tags of log-based metrics", async () => {
    const on = await filled();
    await on.send("POST /api/v2/logs/config/metrics", {
      data: {
        id: "shop.orders",
        type: "logs_metrics",
        attributes: {
          compute: { aggregation_type: "count" },
          filter: { query: "service:orders" },
          group_by: [{ path: "@order.outcome", tag_name: "outcome" }],
        },
      },
    });
    const ids = async (query: string) => {
      const { data } = (await ok(on, `GET /api/v2/metrics${query}`)) as { data: { id: string }[] };
      return data.map(({ id }) => id);
    };

    expect(await ids("")).to.deep.equal(["kubernetes_state.pod.status_phase", "shop.orders"]);
    expect(await ids("?filter[configured]=true")).to.deep.equal(["shop.orders"]);
    expect(await ids("?filter[metric_type]=gauge")).to.deep.equal([
      "kubernetes_state.pod.status_phase",
    ]);
    expect(await ids("?filter[tags]=outcome:*")).to.deep.equal(["shop.orders"]);
  });
});

describe("what hosts there are", () => {
  it("is those that checks and logs name, up or silent", async () => {
    const on = await filled();
    const { host_list: hosts, total_matching: total } = (await ok(on, "GET /api/v1/hosts")) as {
      host_list: Record<string, unknown>[];
      total_matching: number;
    };

    expect(hosts.map(({ name, up }) => [name, up])).to.deep.equal([
      ["node-1", true],
      ["node-2", false],
    ]);
    expect(hosts[1]).to.deep.include({
      last_reported_time: seconds - 400,
      tags_by_source: { Datadog: ["host:node-2", "kube_cluster_name:c"] },
    });
    expect(total).to.equal(2);
    expect(await ok(on, "GET /api/v1/hosts/totals")).to.deep.equal({
      total_active: 2,
      total_up: 1,
    });
  });

  it("is narrowed, ordered and cut as asked", async () => {
    const on = await filled();
    const names = async (query: string) => {
      const body = (await ok(on, `GET /api/v1/hosts?${query}`)) as {
        host_list: { name: string }[];
      };
      return body.host_list.map(({ name }) => name);
    };

    expect(await names("filter=host:node-2")).to.deep.equal(["node-2"]);
    expect(await names("filter=kube_cluster_name:c")).to.deep.equal(["node-2"]);
    expect(await names("sort_dir=desc&count=1")).to.deep.equal(["node-2"]);
    expect(await names("start=1")).to.deep.equal(["node-2"]);
    expect(await names(`from=${seconds - 100}`)).to.deep.equal(["node-1"]);
    expect((await on.send("GET /api/v1/hosts?count=1001")).status).to.equal(400);
  });

  it("is shown by tags", async () => {
    const on = await filled();

    expect(await ok(on, "GET /api/v1/tags/hosts")).to.deep.equal({
      tags: { "kube_cluster_name:c": ["node-2"] },
    });
    expect(await ok(on, "GET /api/v1/tags/hosts/node-2")).to.deep.equal({
      host: "node-2",
      tags: ["kube_cluster_name:c"],
    });
    expect((await on.send("GET /api/v1/tags/hosts/none")).status).to.equal(404);
    expect((await on.send("GET /api/v1/tags/hosts?source=chef")).status).to.equal(400);
  });
});

describe("the service definitions", () => {
  it("are the services of the catalog", async () => {
    const on = withData({});
    for (const [kind, name] of [
      ["service", "orders"],
      ["system", "sock-shop"],
    ]) {
      const metadata = { name, owner: "sock-shop-team" };
      await on.send("POST /api/v2/catalog/entity", { apiVersion: "v3", kind, metadata });
    }
    const schema = { "schema-version": "v2.2", "dd-service": "orders", team: "sock-shop-team" };

    const { data } = (await ok(on, "GET /api/v2/services/definitions")) as {
      data: { attributes: { schema: unknown } }[];
    };
    expect(data.map(({ attributes }) => attributes.schema)).to.deep.equal([schema]);
    expect(await ok(on, "GET /api/v2/services/definitions/orders")).to.deep.equal({
      data: data[0],
    });
    expect((await on.send("GET /api/v2/services/definitions/none")).status).to.equal(404);
  });
});
