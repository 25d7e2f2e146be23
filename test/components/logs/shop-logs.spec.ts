import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { logMetrics } from "../../../components/logs/log-metrics.ts";
import { notRun } from "../../../sandbox/datadog/logs/processors/unsupported-processors.ts";
import type { LogEvent } from "../../../sandbox/datadog/logs/log-event.ts";
import { whyNotPipeline } from "../../../sandbox/datadog/validation/pipelines.ts";
import {
  agentEvents,
  arrival,
  declaredLogs,
  throughPipelines,
} from "../../support/logs/log-pipeline.ts";
import { ofType } from "../../../simulation/declared/resource-graph.ts";
import { stackGraph } from "../../../simulation/declared/stack-graph.ts";
import { vrlEngine } from "../../support/logs/vrl-engine.ts";

/** Every object in a value that has the look of a pipeline or a processor. */
function enabledOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(enabledOf);
  if (typeof value !== "object" || value === null) return [];
  const { name, is_enabled: enabled, type } = value as Record<string, unknown>;
  const own = type !== undefined && name !== undefined ? [enabled] : [];
  return [...own, ...Object.values(value).flatMap(enabledOf)];
}

const folder = new URL("../../fixtures/logs/", import.meta.url);
const scope = { clusterName: "c", namespace: "sock-shop" };

describe("the shop's logs in Datadog", () => {
  const engine = vrlEngine();

  it("are one pipeline of which every part is on", async () => {
    const { pipelines } = await declaredLogs();

    expect(pipelines.map(({ filter }) => filter)).to.deep.equal([
      { query: "kube_namespace:sock-shop" },
    ]);
    const enabled = enabledOf(pipelines);
    expect(enabled.length).to.be.greaterThan(25);
    expect(new Set(enabled)).to.deep.equal(new Set([true]));
  });

  it("leave the order of the account's pipelines alone", async () => {
    const { resources } = await stackGraph({ "sock-shop:incident": "payment-down" });

    expect(resources.filter(({ type }) => type.includes("PipelineOrder"))).to.deep.equal([]);
  });

  it("keep Datadog's limits, and hold nothing that the stand-in could not run", async () => {
    const { pipelines } = await declaredLogs();

    expect(pipelines.map(whyNotPipeline)).to.deep.equal([undefined]);
    expect(await notRun(pipelines, engine())).to.deep.equal([]);
  });

  it("follow the shop's namespace and time zone", async () => {
    const { pipelines } = await declaredLogs({
      "sock-shop:namespace": "socks",
      "sock-shop:logTimeZone": "Asia/Kolkata",
    });

    expect(pipelines[0]?.filter).to.deep.equal({ query: "kube_namespace:socks" });
    expect(JSON.stringify(pipelines)).to.include("Asia/Kolkata").and.not.include("UTC");
  });

  it("match the samples of every parser by its own rules", async () => {
    const { pipelines } = await declaredLogs();
    const parsers = pipelines.flatMap(({ processors }) =>
      processors.flatMap(({ processors: inner }) =>
        (inner as Parser[]).filter(({ type }) => type === "grok-parser"),
      ),
    );

    for (const { name, samples, grok } of parsers) {
      const outcomes = await engine().grok(grok, samples);
      expect(
        outcomes.filter((outcome) => outcome === undefined || "failed" in outcome),
        name,
      ).to.deep.equal([]);
    }
  });
});

interface Parser {
  readonly type: string;
  readonly name: string;
  readonly samples: string[];
  readonly grok: { match_rules: string; support_rules: string };
}

describe("the metrics of the shop's logs", () => {
  const engine = vrlEngine();
  let logs: readonly LogEvent[] = [];

  before(async function () {
    this.timeout(30_000);
    const declared = await declaredLogs();
    const samples = readdirSync(folder).flatMap((file) => {
      const { service, tests } = parse(readFileSync(new URL(file, folder), "utf8")) as {
        service: string;
        tests: readonly { sample: string }[];
      };
      return tests.map(({ sample }) => ({ service, sample }));
    });
    const arrived = Date.parse("2025-10-28T10:05:00Z");
    logs = await Promise.all(
      samples.map(async ({ service, sample }) => {
        const [event] = agentEvents(declared, service, sample);
        if (event === undefined) throw new Error(`nothing is sent of ${sample}`);
        const log = arrival(declared, service, event, arrived);
        return (await throughPipelines(declared, log, engine())).event;
      }),
    );
  });

  const counted = async (name: string): Promise<LogEvent[]> => {
    const metric = logMetrics(scope).find((one) => one.name === name);
    const outcomes = await engine().match([metric?.query ?? ""], logs);
    return logs.filter((_, index) => {
      const outcome = outcomes[index];
      return outcome !== undefined && !("failed" in outcome) && outcome[0] === true;
    });
  };

  it("have names and queries that are stable", () => {
    expect(logMetrics(scope).map(({ name, query }) => `${name} ${query}`)).to.deep.equal([
      "sockshop.orders.events kube_namespace:sock-shop service:sock-shop-orders @evt.name:*",
      "sockshop.orders.responses kube_namespace:sock-shop service:sock-shop-front-end " +
        "@http.method:POST @http.url:/orders",
      "sockshop.orders.amount kube_namespace:sock-shop service:sock-shop-front-end @order.amount:*",
      "sockshop.frontend.requests kube_namespace:sock-shop service:sock-shop-front-end " +
        "@http.route:*",
      "sockshop.frontend.duration kube_namespace:sock-shop service:sock-shop-front-end " +
        "@http.route:* @duration:*",
      "sockshop.shipments kube_namespace:sock-shop " +
        "service:(sock-shop-shipping OR sock-shop-queue-master) @logger.name:System.out",
      "sockshop.payment.authorise kube_namespace:sock-shop service:sock-shop-payment " +
        "@method:Authorise",
      "sockshop.logs.lines kube_namespace:sock-shop",
      "sockshop.logs.unparsed kube_namespace:sock-shop source:spring-boot -@logger.name:* " +
        "-@error.kind:*",
      "sockshop.gokit.duration kube_namespace:sock-shop source:go-kit @duration:* @method:*",
    ]);
  });

  it("are grouped by nothing that is another one for each order", () => {
    const groups = logMetrics(scope).flatMap(({ groups }) => Object.values(groups));

    expect(groups.filter((path) => /id\b|url/.test(path))).to.deep.equal([]);
  });

  it("count every order event with its outcome, whatever the image set", async () => {
    const events = await counted("sockshop.orders.events");
    const outcomes = events.map(({ attributes }) => {
      const { outcome } = (attributes["order"] ?? {}) as { outcome?: string };
      return outcome ?? "none";
    });

    expect(new Set(outcomes)).to.deep.equal(
      new Set(["placed", "declined", "refused", "timeout", "failed", "none"]),
    );
  });

  it("count the answers to orders, and no other request", async () => {
    const found = await counted("sockshop.orders.responses");

    expect(
      found.map(({ attributes }) => (attributes["http"] as { status_code: number }).status_code),
    ).to.deep.equal([201, 406, 500]);
  });

  it("count requests of the front-end by routes that cannot become many", async () => {
    const requests = await counted("sockshop.frontend.requests");
    const routeOf = ({ attributes }: LogEvent) => (attributes["http"] as { route: string }).route;
    const routes = new Set(requests.map(routeOf));

    expect(requests.length).to.be.greaterThan(5);
    expect([...routes].filter((route) => !/^(?:\/[a-z]+|other)$/.test(route))).to.deep.equal([]);
    expect([...routes]).to.include.members(["/orders", "other"]);
    const timed = await counted("sockshop.frontend.duration");
    expect(timed.length).to.be.greaterThan(1).and.lessThan(requests.length);
    expect(timed.map(({ attributes }) => typeof attributes["duration"])).not.to.include("string");
  });

  it("count shipments as they enter the queue and leave it, and those that could not", async () => {
    const found = await counted("sockshop.shipments");

    const ways = found.map(({ service, status }) => `${service} ${status}`);
    expect(new Set(ways)).to.deep.equal(
      new Set([
        "sock-shop-shipping info",
        "sock-shop-shipping error",
        "sock-shop-queue-master info",
      ]),
    );
  });

  it("count authorisations, all lines, and time what go-kit timed", async () => {
    expect(await counted("sockshop.payment.authorise")).to.have.length(3);
    expect(await counted("sockshop.logs.lines")).to.have.length(logs.length);
    const timed = await counted("sockshop.gokit.duration");
    expect(timed.length).to.be.greaterThan(8);
    expect(timed.map(({ attributes }) => typeof attributes["duration"])).not.to.include("string");
  });

  it("become metrics by the names they have, of logs that the pipeline parsed", async () => {
    const { resources } = await stackGraph();
    const metrics = ofType(resources, "datadog:index/logsMetric:LogsMetric");

    expect([...metrics.keys()]).to.have.members(logMetrics(scope).map(({ name }) => name));
    expect(metrics.get("sockshop.gokit.duration")?.inputs["compute"]).to.deep.equal({
      aggregationType: "distribution",
      path: "@duration",
      includePercentiles: true,
    });
    expect(metrics.get("sockshop.orders.events")?.inputs["compute"]).to.deep.equal({
      aggregationType: "count",
    });
  });
});
