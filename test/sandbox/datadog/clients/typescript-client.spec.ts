import { expect } from "chai";
import { client, v1, v2 } from "@datadog/datadog-api-client";
import type { AddressInfo } from "node:net";
import { now } from "../query/stored.ts";
import type { StandIn } from "../stand-in.ts";
import { declaredStandIn } from "./declared.ts";

// The official TypeScript client, unmodified, over a socket: it deserialises each answer with its
// own models, and puts aside what it cannot read.

const [from, to] = [now / 1000 - 600, now / 1000];

// Plain objects, as everybody writes them: the client takes them for its models.
const timeseries: unknown = {
  data: {
    type: "timeseries_request",
    attributes: {
      from: from * 1000,
      to: to * 1000,
      formulas: [{ formula: "100 * a", limit: { count: 5, order: "desc" } }],
      queries: [{ name: "a", dataSource: "metrics", query: "avg:shop.gauge{*} by {pod}" }],
    },
  },
};

const scalar: unknown = {
  data: {
    type: "scalar_request",
    attributes: {
      from: from * 1000,
      to: to * 1000,
      formulas: [{ formula: "a" }, { formula: "b" }],
      queries: [
        { name: "a", dataSource: "metrics", query: "sum:shop.good{*}", aggregator: "sum" },
        {
          name: "b",
          dataSource: "logs",
          compute: { aggregation: "count" },
          search: { query: "*" },
        },
      ],
    },
  },
};

const eventSearch: unknown = { filter: { query: "marker" } };

const logSearch: unknown = { filter: { query: "refused" } };

const aggregation: unknown = {
  compute: [{ aggregation: "count" }],
  groupBy: [{ facet: "service" }],
};

/** What the client could not read of an answer; its models mark such parts. */
function unread(part: unknown, path = "answer"): string[] {
  if (Array.isArray(part)) {
    return part.flatMap((one: unknown, index) => unread(one, `${path}[${index}]`));
  }
  if (typeof part !== "object" || part === null || part instanceof Date) return [];
  const own = "_unparsed" in part && part._unparsed === true ? [path] : [];
  return [
    ...own,
    ...Object.entries(part).flatMap(([key, value]) => unread(value, `${path}.${key}`)),
  ];
}

describe("the official TypeScript client", () => {
  let on: StandIn;
  let ids: ReadonlyMap<string, string | number>;
  let configuration: ReturnType<typeof client.createConfiguration>;

  before(async () => {
    ({ on, values: ids } = await declaredStandIn());
    await on.app.listen({ host: "127.0.0.1", port: 0 });
    const { port } = on.app.server.address() as AddressInfo;
    configuration = client.createConfiguration({
      authMethods: { apiKeyAuth: "a", appKeyAuth: "b" },
      baseServer: new client.BaseServerConfiguration(`http://127.0.0.1:${port}`, {}),
    });
  });
  after(() => on.app.close());

  const slo = () => String(ids.get("<slo>"));
  const metrics = () => new v2.MetricsApi(configuration);
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    queryMetrics: () =>
      new v1.MetricsApi(configuration).queryMetrics({
        from,
        to,
        query: "avg:shop.gauge{*} by {pod}",
      }),
    listActiveMetrics: () => new v1.MetricsApi(configuration).listActiveMetrics({ from }),
    listMetrics: () => new v1.MetricsApi(configuration).listMetrics({ q: "shop" }),
    getMetricMetadata: () =>
      new v1.MetricsApi(configuration).getMetricMetadata({ metricName: "shop.gauge" }),
    queryTimeseriesData: () =>
      metrics().queryTimeseriesData({
        body: timeseries as v2.TimeseriesFormulaQueryRequest,
      }),
    queryScalarData: () =>
      metrics().queryScalarData({
        body: scalar as v2.ScalarFormulaQueryRequest,
      }),
    listTagConfigurations: () => metrics().listTagConfigurations({}),
    listTagsByMetricName: () => metrics().listTagsByMetricName({ metricName: "shop.gauge" }),
    listActiveMetricConfigurations: () =>
      metrics().listActiveMetricConfigurations({ metricName: "shop.gauge" }),
    listHosts: () => new v1.HostsApi(configuration).listHosts({}),
    getHostTotals: () => new v1.HostsApi(configuration).getHostTotals({}),
    listHostTags: () => new v1.TagsApi(configuration).listHostTags({}),
    getHostTags: () => new v1.TagsApi(configuration).getHostTags({ hostName: "node-1" }),
    searchEvents: () =>
      new v2.EventsApi(configuration).searchEvents({ body: eventSearch as v2.EventsListRequest }),
    listEvents: () => new v2.EventsApi(configuration).listEvents({ filterQuery: "marker" }),
    getEvent: () =>
      new v2.EventsApi(configuration).getEvent({ eventId: String(ids.get("<event>")) }),
    listEventsV1: () => new v1.EventsApi(configuration).listEvents({ start: from, end: to }),
    listLogs: () =>
      new v2.LogsApi(configuration).listLogs({ body: logSearch as v2.LogsListRequest }),
    listLogsGet: () => new v2.LogsApi(configuration).listLogsGet({ filterQuery: "refused" }),
    aggregateLogs: () =>
      new v2.LogsApi(configuration).aggregateLogs({
        body: aggregation as v2.LogsAggregateRequest,
      }),
    listSLOs: () => new v1.ServiceLevelObjectivesApi(configuration).listSLOs({}),
    searchSLO: () => new v1.ServiceLevelObjectivesApi(configuration).searchSLO({ query: "orders" }),
    getSLOHistory: () =>
      new v1.ServiceLevelObjectivesApi(configuration).getSLOHistory({
        sloId: slo(),
        fromTs: from,
        toTs: to,
      }),
    searchMonitors: () => new v1.MonitorsApi(configuration).searchMonitors({}),
    searchMonitorGroups: () => new v1.MonitorsApi(configuration).searchMonitorGroups({}),
    listServiceDefinitions: () =>
      new v2.ServiceDefinitionApi(configuration).listServiceDefinitions({}),
    listCatalogEntity: () => new v2.SoftwareCatalogApi(configuration).listCatalogEntity({}),
  };

  for (const [name, call] of Object.entries(calls)) {
    it(`reads the whole answer of ${name}`, async () => {
      expect(unread(await call())).to.deep.equal([]);
    });
  }

  it("reads the values as they are", async () => {
    const curves = await new v1.MetricsApi(configuration).queryMetrics({
      from,
      to,
      query: "avg:shop.gauge{*}",
    });
    const history = await new v1.ServiceLevelObjectivesApi(configuration).getSLOHistory({
      sloId: slo(),
      fromTs: from,
      toTs: to,
    });

    expect(curves.series?.[0]?.pointlist?.map(([, value]) => value)).to.deep.equal([5, 3]);
    expect(history.data?.overall?.sliValue).to.equal(90);
  });

  it("leaves no request behind that the stand-in does not know", async () => {
    const { body } = await on.send("GET /sandbox/requests?unknown");

    expect(body).to.deep.equal({ requests: [] });
  });
});
