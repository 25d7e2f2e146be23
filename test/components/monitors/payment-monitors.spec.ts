import { expect } from "chai";
import { messageOf, paymentMonitors } from "../../../components/monitors/definitions.ts";
import { monitorArgs } from "../../../components/monitors/payment-monitors.ts";

const scope = { clusterName: "kind-1", namespace: "socks" };
const links = { appUrl: "https://us5.datadoghq.com/", runbookUrl: "https://wiki.example.com/inc3" };
const noReplicas = paymentMonitors(scope)[0];
if (noReplicas === undefined) throw new Error("no monitor is defined");

describe("the monitor of payment's replicas", () => {
  const args = monitorArgs(noReplicas, { scope, links });

  it("watches the absolute number of available pods of one Deployment in one cluster", () => {
    expect(args.query).to.equal(
      "max(last_1m):max:kubernetes_state.deployment.replicas_available" +
        "{kube_cluster_name:kind-1,kube_namespace:socks,kube_deployment:payment} < 1",
    );
    expect(args.type).to.equal("metric alert");
    expect(args.monitorThresholds).to.deep.equal({ critical: "1" });
    expect(args.requireFullWindow).to.equal(false);
  });

  it("reports ten minutes of silence, and reminds four times", () => {
    expect(args).to.deep.include({
      notifyNoData: true,
      noDataTimeframe: 10,
      renotifyInterval: 30,
      renotifyOccurrences: 4,
      renotifyStatuses: ["alert"],
    });
  });

  it("is found by its tags", () => {
    expect(args.tags).to.deep.equal([
      "managed-by:pulumi",
      "team:sock-shop",
      "service:sock-shop-payment",
      "kube_cluster_name:kind-1",
      "incident:payment-failure",
      "severity:1",
    ]);
  });

  it("says what happened, that it ended, and where to look", () => {
    expect(args.message).to.equal(
      [
        "{{#is_alert}}payment has {{value}} available replicas (threshold {{threshold}}) since " +
          "{{last_triggered_at}}. Orders fail.{{/is_alert}}",
        "{{#is_renotify}}Still open.{{/is_renotify}}",
        "{{#is_no_data}}No data on payment's replicas: is the Cluster Agent up?{{/is_no_data}}",
        "{{#is_recovery}}payment is available again. Reconcile the orders of the outage." +
          "{{/is_recovery}}",
        "Runbook: https://wiki.example.com/inc3#payment-no-replicas",
        "Logs: https://us5.datadoghq.com/logs?query=kube_namespace%3Asocks%20service%3Asock-shop-orders",
      ].join("\n"),
    );
  });

  it("links the runbook as an asset only when it is published", () => {
    expect(args.assets).to.deep.equal([
      {
        category: "runbook",
        name: "Runbook",
        url: "https://wiki.example.com/inc3#payment-no-replicas",
      },
    ]);
    const unpublished = monitorArgs(noReplicas, { scope, links: { appUrl: links.appUrl } });
    expect(unpublished).to.not.have.property("assets");
    expect(unpublished.message).to.contain("Runbook: docs/runbook.md#payment-no-replicas");
  });
});

describe("every monitor", () => {
  for (const definition of paymentMonitors(scope)) {
    it(`${definition.key} compares with its own threshold`, () => {
      expect(definition.query).to.match(new RegExp(`[<>]=? ${definition.critical}$`));
    });

    it(`${definition.key} closes every block that its message opens`, () => {
      const message = messageOf(definition, links);

      const opened = [...message.matchAll(/\{\{#(\w+)\}\}/g)].map(([, name]) => name);
      const closed = [...message.matchAll(/\{\{\/(\w+)\}\}/g)].map(([, name]) => name);
      expect(opened).to.include.members(["is_alert", "is_recovery"]);
      expect(closed).to.deep.equal(opened);
    });
  }
});
