import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { paymentMonitors } from "../../../components/monitors/all-monitors.ts";
import type { MonitorDefinition } from "../../../components/monitors/monitor-definition.ts";
import { monitorArgs } from "../../../components/monitors/monitor-args.ts";
import { imageSets, type ImageSetName } from "../../../components/shop/images/image-sets.ts";
import { readQuery } from "../../../sandbox/datadog/validation/monitor-query.ts";
import { valueOf } from "../../../simulation/declared/resource-graph.ts";

const shop = { clusterName: "kind-1", namespace: "socks", images: { set: "status-fix" } } as const;
const links = {
  datadog: { app: "https://us5.datadoghq.com/" },
  runbookUrl: "https://wiki.example.com/inc3",
  notify: ["@slack-shop", "@oncall@example.com"],
};
const all = paymentMonitors(shop);

/** Ids as numbers, in the order of the definitions, for composites to be judged. */
const idOf = (key: string) =>
  pulumi.output(String(100 + all.findIndex((definition) => definition.key === key)));

function monitor(key: string): MonitorDefinition {
  const found = all.find((definition) => definition.key === key);
  if (found === undefined) throw new Error(`no monitor ${key}`);
  return found;
}

const argsOf = (key: string) => monitorArgs(monitor(key), { ...shop, ...links }, idOf);
const queryOf = (definition: MonitorDefinition) =>
  valueOf(pulumi.output(monitorArgs(definition, { ...shop, ...links }, idOf).query));

describe("queries of the monitors", () => {
  const kube = "kube_cluster_name:kind-1,kube_namespace:socks";
  const answers = (status: string) =>
    `sum:sockshop.orders.responses{${kube},http_status:${status}}.as_count()`;
  const authorise = (result: string) =>
    `sum:sockshop.payment.authorise{${kube},result:${result}}.as_count()`;
  const events = (tags: string) => `sum:sockshop.orders.events{${kube},${tags}}.as_count()`;
  const queries: Readonly<Record<string, string>> = {
    "payment-no-replicas": `max(last_1m):max:kubernetes_state.deployment.replicas_available{${kube},kube_deployment:payment} < 1`,
    "payment-recent-outage": `min(last_10m):max:kubernetes_state.deployment.replicas_available{${kube},kube_deployment:payment} < 1`,
    "payment-scaled-to-zero": `max(last_2m):max:kubernetes_state.deployment.replicas_desired{${kube},kube_deployment:payment} < 1`,
    "payment-no-endpoints": `max(last_5m):sum:kubernetes_state.endpoint.address_available{${kube},kube_endpoint:payment} < 1`,
    "payment-silent": `sum(last_5m):sum:sockshop.logs.lines{${kube},service:sock-shop-payment}.as_count() < 1`,
    "load-running": `max(last_5m):sum:kubernetes_state.pod.status_phase{${kube},pod_phase:running,kube_job:locust-payment-failure*} > 0`,
    "payment-failures": `sum(last_15m):${events("outcome:*,!outcome:placed,!outcome:declined")} > 0`,
    "payment-connection-refused": `sum(last_10m):${events("outcome:refused")} > 2`,
    "order-timeouts": `sum(last_10m):${events("outcome:timeout")} > 2`,
    "orders-payment-failed-status": `sum(last_15m):${events("evt_name:order.payment_failed")} > 0`,
    "order-failure-ratio": `sum(last_10m):100 * ${answers("5*")} / (${answers("5*")} + ${answers("201")}) > 20`,
    "order-volume": `sum(last_10m):${answers("5*")} + ${answers("201")} >= 3`,
    "order-failures-delayed": `sum(last_5m):${answers("5*")} > 2`,
    "orders-error-lines": `sum(last_5m):sum:sockshop.logs.lines{${kube},service:sock-shop-orders,status:error}.as_count() > 10`,
    "payment-declines": `sum(last_30m):100 * ${authorise("false")} / (${authorise("false")} + ${authorise("true")}) > 100`,
    "payments-unplaced": `sum(last_15m):${authorise("true")} - ${answers("201")} > 0`,
    "payments-unplaced-before": `sum(last_14m):${authorise("true")} - ${answers("201")} > 0`,
    "logs-unparsed": `sum(last_60m):sum:sockshop.logs.unparsed{${kube}}.as_count() > 20`,
    "agent-not-reporting":
      '"datadog.agent.up".over("kube_cluster_name:kind-1").by("host").last(2).count_by_status()',
    "payment-down": "100 && 106",
    "orders-fail-payment-up": "!101 && 112",
    "order-failures": "110 && 111",
    "lost-money": "115 && 116 && 106",
    "payment-silent-while-ordering": "104 && 111",
    "order-budget-burns-fast":
      'burn_rate("99").over("7d").long_window("1h").short_window("5m") > 16.8',
    "order-budget-burns-slowly":
      'burn_rate("99").over("7d").long_window("6h").short_window("30m") > 5.6',
    "payment-budget-burns":
      'burn_rate("99").over("7d").long_window("1h").short_window("5m") > 16.8',
  };

  it("are exactly these", async () => {
    const found = await Promise.all(
      all.map(async (definition) => [definition.key, await queryOf(definition)] as const),
    );

    expect(Object.fromEntries(found)).to.deep.equal(queries);
  });

  it("count no log lines, which a search finds only while they are indexed", () => {
    const types = new Set(all.map(({ condition }) => condition.type));

    expect([...types].sort()).to.deep.equal([
      "composite",
      "metric alert",
      "service check",
      "slo alert",
    ]);
  });

  it("compare with the critical threshold, and warn on the near side of it", async () => {
    for (const definition of all) {
      const reading = readQuery(definition.condition.type, await queryOf(definition));

      expect(reading.kind, definition.key).to.not.be.oneOf(["invalid", "unjudged"]);
      if (!("thresholds" in definition.condition) || reading.kind !== "threshold") continue;
      const { critical, criticalRecovery, warning, warningRecovery } =
        definition.condition.thresholds;
      expect(reading.threshold, definition.key).to.equal(critical);
      const falling = [critical, criticalRecovery, warning, warningRecovery].filter(
        (value) => value !== undefined,
      );
      expect(falling, definition.key).to.deep.equal(falling.toSorted((a, b) => b - a));
    }
  });

  for (const set of Object.keys(imageSets) as ImageSetName[]) {
    it(`look for a status of orders in set ${set} only if its orders has one`, () => {
      const keys = paymentMonitors({ ...shop, images: { set } }).map(({ key }) => key);

      expect(keys.includes("orders-payment-failed-status")).to.equal(set === "status-fix");
      expect(keys).to.have.length(set === "status-fix" ? 27 : 26);
    });
  }
});

describe("the monitor of payment's replicas", () => {
  const args = argsOf("payment-no-replicas");

  it("reports ten minutes of silence, and reminds four times", () => {
    expect(args).to.deep.include({
      type: "metric alert",
      monitorThresholds: { critical: "1" },
      requireFullWindow: false,
      notifyNoData: true,
      noDataTimeframe: 10,
      renotifyInterval: 30,
      renotifyOccurrences: 4,
      renotifyStatuses: ["no data"],
    });
    expect(args).to.not.have.property("onMissingData");
  });

  it("is repeated where silence is the symptom, for alerts otherwise", () => {
    const statuses = (key: string) => argsOf(key).renotifyStatuses;

    expect(statuses("agent-not-reporting")).to.deep.equal(["alert", "no data"]);
    expect(statuses("payment-down")).to.deep.equal(["alert"]);
    expect(statuses("payment-silent")).to.equal(undefined);
  });

  it("is found by its tags", () => {
    expect(args.tags).to.deep.equal([
      "managed-by:pulumi",
      "team:sock-shop",
      "service:sock-shop-payment",
      "kube_cluster_name:kind-1",
      "kube_namespace:socks",
      "incident:payment-failure",
      "severity:1",
      "runbook:payment-no-replicas",
    ]);
  });

  it("says what happened, that it ended, and where to look, and notifies people of silence alone", () => {
    expect(args.message).to.equal(
      [
        '{{#is_alert}}payment has {{eval "int(value)"}} available replicas since ' +
          "{{last_triggered_at}}. Orders fail.{{/is_alert}}",
        '{{#is_renotify}}Still open after {{eval "int(triggered_duration_sec / 60)"}} minutes.' +
          "{{/is_renotify}}",
        "{{#is_no_data}}No data on payment's replicas: is the Cluster Agent up?{{/is_no_data}}",
        "{{#is_recovery}}payment is available. Reconcile the orders of the outage, if there was " +
          "one.{{/is_recovery}}",
        "{{^is_recovery}}First: check whether somebody scaled payment to 0 or its pods do not " +
          "start.{{/is_recovery}}",
        "Runbook: https://wiki.example.com/inc3#payment-no-replicas",
        "Logs: https://us5.datadoghq.com/logs?query=kube_cluster_name%3Akind-1%20kube_namespace%3A" +
          'socks%20service%3Asock-shop-orders&from_ts={{eval "last_triggered_at_epoch-6*60*1000"}}' +
          '&to_ts={{eval "last_triggered_at_epoch+10*60*1000"}}&live=false',
        "Dashboard: https://us5.datadoghq.com/dashboard/lists?q=Sock%20Shop%20incident%20timeline",
        "{{#is_no_data}}@slack-shop @oncall@example.com{{/is_no_data}}",
        "{{#is_no_data_recovery}}@slack-shop @oncall@example.com{{/is_no_data_recovery}}",
      ].join("\n"),
    );
  });

  it("links the runbook as an asset only when it is published", () => {
    const url = "https://wiki.example.com/inc3#payment-no-replicas";
    expect(args.assets).to.deep.equal([{ category: "runbook", name: "Runbook", url }]);
    const unpublished = monitorArgs(
      monitor("payment-no-replicas"),
      { ...shop, ...links, runbookUrl: undefined },
      idOf,
    );
    expect(unpublished).to.not.have.property("assets");
    expect(unpublished.message).to.contain("Runbook: docs/runbook.md#payment-no-replicas");
  });
});

describe("every monitor", () => {
  for (const definition of all) {
    const { key, condition, noData, renotify } = definition;
    const args = argsOf(key);

    it(`${key} names its heading in the runbook in a tag`, () => {
      expect(args.tags).to.include(`runbook:${key}`);
    });

    it(`${key} has a decision on silence that its type allows`, () => {
      const timed = "minutes" in noData;
      const onMissing = "onMissingData" in noData;

      expect(noData.why).to.match(/\w+ \w+/);
      const counts = condition.type === "metric alert" && condition.query.includes(".as_count()");
      if (counts) expect(onMissing).to.equal(true);
      if (["composite", "slo alert", "service check"].includes(condition.type)) {
        expect(args).to.not.have.property("onMissingData");
      }
      expect(timed && "onMissingData" in args).to.equal(false);
    });

    it(`${key} has a text for the silence that notifies people`, () => {
      if (definition.notifies === "no data")
        expect(definition.message).to.have.property("noDataText");
    });

    it(`${key} warns only with a text for it, and reminds a limited number of times`, () => {
      const warns =
        "thresholds" in condition &&
        condition.type !== "service check" &&
        condition.thresholds.warning !== undefined;
      expect(definition.message.warning !== undefined).to.equal(warns);
      expect(renotify?.times ?? 0).to.be.lessThan(5);
      expect(renotify !== undefined && renotify.everyMinutes < 10).to.equal(false);
    });
  }
});
