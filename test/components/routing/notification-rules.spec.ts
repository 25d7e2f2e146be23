import { expect } from "chai";
import { notificationRules } from "../../../components/routing/notification-rules.ts";
import { evaluateAll } from "../../../policies/evaluate.ts";
import { rules } from "../../../policies/rules.ts";
import { declaredStack } from "../../../simulation/declared/declared.ts";
import { ofType } from "../../../simulation/declared/resource-graph.ts";
import { stackGraph } from "../../../simulation/declared/stack-graph.ts";
import { judgedStack } from "../../support/policies/judged-stack.ts";
import { renamed } from "../../support/problems.ts";

const handles = { "sock-shop:notify": JSON.stringify(["@slack-shop", "@oncall@example.com"]) };
const byRules = { ...handles, "sock-shop:routing": "rules" };
const monitorType = "datadog:index/monitor:Monitor";
const ruleType = "datadog:index/monitorNotificationRule:MonitorNotificationRule";

describe("the notification rules", () => {
  const scope = { clusterName: "kind-1", namespace: "socks" };

  it("go by the tags of this stack's monitors, and name handles without their @", () => {
    const [alerts, missing] = notificationRules({ ...scope, notify: ["@slack-shop"] });

    expect(alerts?.filter).to.deep.equal({
      tags: [
        "team:sock-shop",
        "incident:payment-failure",
        "kube_cluster_name:kind-1",
        "kube_namespace:socks",
        "notifies:alerts",
      ],
    });
    expect(alerts?.conditionalRecipients).to.deep.equal({
      conditions: ["is_alert", "is_alert_to_warning", "is_alert_recovery"].map((type) => ({
        scope: `transition_type:${type}`,
        recipients: ["slack-shop"],
      })),
    });
    expect(missing?.conditionalRecipients).to.deep.equal({
      conditions: ["is_no_data", "is_no_data_recovery"].map((type) => ({
        scope: `transition_type:${type}`,
        recipients: ["slack-shop"],
      })),
    });
  });

  it("are none without handles", () => {
    expect(notificationRules({ ...scope, notify: [] })).to.deep.equal([]);
  });
});

describe("routing by rules", () => {
  it("is off by default, and then no monitor has a tag for it", async () => {
    const { resources } = await stackGraph(handles);

    expect([...ofType(resources, ruleType).keys()]).to.deep.equal([]);
    const tags = [...ofType(resources, monitorType).values()].map(({ inputs }) => inputs["tags"]);
    expect(JSON.stringify(tags)).to.not.match(/notifies:(alerts|missing-data)/);
  });

  it("leaves no handle in any message", async () => {
    const { resources } = await stackGraph({ ...byRules, "sock-shop:synthetics": "private" });
    const messages = resources.flatMap(({ inputs }) => inputs["message"] ?? []);

    expect([...ofType(resources, ruleType).keys()].sort()).to.deep.equal([
      "route-alerts",
      "route-missing-data",
    ]);
    expect(messages.length).to.be.greaterThan(20);
    expect(JSON.stringify(messages)).to.not.match(/@slack-shop|@oncall/);
  });

  for (const images of ["weave", "status-fix"]) {
    it(`notifies the same people of the same changes as messages do, with ${images} images`, async function () {
      this.timeout(60_000);
      const told = async (routing: "messages" | "rules") => {
        const { monitors } = await declaredStack(images, "private", routing);
        return Object.fromEntries(monitors.map(({ key, notifies }) => [key, notifies]));
      };

      const byMessages = await told("messages");

      expect(Object.values(byMessages).filter(({ alert }) => alert).length).to.equal(9);
      expect(await told("rules")).to.deep.equal(byMessages);
    });
  }

  it("complies with every policy, in a stack that must not be quiet, too", async () => {
    const stack = await judgedStack("sandbox", "none", {
      ...byRules,
      "sock-shop:synthetics": "private",
    });
    const withoutRules = {
      ...stack,
      resources: stack.resources.filter(({ type }) => type !== ruleType),
    };
    const said = (judged: typeof stack) =>
      evaluateAll(rules, renamed(judged, "staging")).filter(
        ({ rule }) => rule === "monitor-recipient",
      );

    expect(evaluateAll(rules, stack)).to.deep.equal([]);
    expect(said(stack)).to.deep.equal([]);
    expect(said(withoutRules).length).to.equal(10);
  });
});
