import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { paymentMonitors } from "../../../components/monitors/all-monitors.ts";
import type { MonitorDefinition } from "../../../components/monitors/monitor-definition.ts";
import { messageOf, runbookOf } from "../../../components/monitors/monitor-message.ts";
import { monitorArgs } from "../../../components/monitors/monitor-args.ts";

const shop = { clusterName: "kind-1", namespace: "socks", images: { set: "status-fix" } } as const;
const links = {
  datadog: { app: "https://us5.datadoghq.com/" },
  runbookUrl: "https://wiki.example.com/inc3",
  notify: ["@slack-shop", "@oncall@example.com"],
};
const all = paymentMonitors(shop);

function monitor(key: string): MonitorDefinition {
  const found = all.find((definition) => definition.key === key);
  if (found === undefined) throw new Error(`no monitor ${key}`);
  return found;
}

const argsOf = (key: string) =>
  monitorArgs(monitor(key), { ...shop, ...links }, (it) => pulumi.output(it));

describe("people", () => {
  it("are notified of composites, silent agents and the error budget, and of nothing else", () => {
    const told = all.filter((definition) => messageOf(definition, links).includes("@slack-shop"));

    expect(told.map(({ key }) => key)).to.deep.equal([
      "payment-no-replicas",
      "agent-not-reporting",
      "payment-down",
      "orders-fail-payment-up",
      "order-failures",
      "lost-money",
      "order-budget-burns-fast",
      "order-budget-burns-slowly",
      "payment-budget-burns",
    ]);
    const quiet = all.filter(({ key }) =>
      JSON.stringify(argsOf(key).tags).includes("notifies:nobody"),
    );
    expect(quiet.length + told.length).to.equal(all.length);
  });

  it("are notified of an alert and its end, not of a warning and its end", () => {
    const message = messageOf(monitor("order-failures"), links);

    const telling = [...message.matchAll(/\{\{#(\w+)\}\}(?:(?!\{\{).)*@slack-shop @oncall/g)];
    expect(telling.map(([, block]) => block)).to.deep.equal([
      "is_alert",
      "is_alert_to_warning",
      "is_alert_recovery",
    ]);
    expect(message).to.contain("{{#is_alert}}@slack-shop @oncall@example.com{{/is_alert}}");
  });

  it("are told when an agent falls silent, and when it speaks again", () => {
    const message = messageOf(monitor("agent-not-reporting"), links);

    for (const block of ["is_no_data", "is_no_data_recovery"]) {
      const text = `{{#${block}}}@slack-shop @oncall@example.com{{/${block}}}`;
      expect(message).to.contain(text);
    }
  });

  it("are nobody when the stack names none", () => {
    const messages = all.map((definition) => messageOf(definition, { ...links, notify: [] }));

    expect(messages.filter((message) => message.includes("@slack"))).to.deep.equal([]);
  });
});

describe("the monitor of the agents", () => {
  it("leads to the logs of all nodes: the agents' own are not collected", () => {
    expect(argsOf("agent-not-reporting").message).to.contain(
      "Logs: https://us5.datadoghq.com/logs?query=kube_cluster_name%3Akind-1&from_ts=",
    );
  });
});

describe("the message of", () => {
  for (const definition of all) {
    const { key, condition } = definition;

    it(`${key} closes every block that its message opens`, () => {
      const message = messageOf(definition, links);

      const opened = [...message.matchAll(/\{\{[#^](\w+)\}\}/g)].map(([, name]) => name);
      const closed = [...message.matchAll(/\{\{\/(\w+)\}\}/g)].map(([, name]) => name);
      expect(opened).to.include.members(["is_alert", "is_recovery"]);
      expect(closed).to.deep.equal(opened);
      expect(message).to.contain(runbookOf(definition, links));
    });

    it(`${key} links logs from before its window on`, () => {
      const message = messageOf(definition, links);

      const [, before] = /from_ts=\{\{eval "last_triggered_at_epoch-(\d+)\*60/.exec(message) ?? [];
      expect(Number(before)).to.be.greaterThan(definition.minutes);
      const members = condition.type === "composite" ? condition.members : [];
      for (const member of members) {
        expect(monitor(member.key).minutes, member.key).to.be.at.most(definition.minutes);
      }
    });

    it(`${key} links addresses that no bracket or blank ends`, () => {
      const message = messageOf(definition, links);

      const addresses = message.replaceAll(/\{\{eval [^}]*\}\}/g, "0").match(/^\w+: https:.*$/gm);
      expect(addresses).to.have.length(3);
      for (const line of addresses ?? []) expect(line).to.match(/^\w+: https:[\w/.%?&=#*-]+$/);
    });

    it(`${key} uses only template variables that Datadog documents`, () => {
      const documented = new Set([
        '{{eval "int(value)"}}',
        '{{eval "round(value, 1)"}}',
        '{{eval "int(triggered_duration_sec / 60)"}}',
        "{{last_triggered_at}}",
        "{{log.message}}",
        "{{host.name}}",
      ]);
      const variables = messageOf(definition, links)
        .replaceAll(/\{\{eval "last_triggered_at_epoch[-+]\d+\*60\*1000"\}\}/g, "")
        .match(/\{\{(?![#^/])[^}]*\}\}/g);

      expect((variables ?? []).filter((it) => !documented.has(it))).to.deep.equal([]);
    });
  }
});
