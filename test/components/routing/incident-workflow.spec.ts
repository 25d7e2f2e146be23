import { expect } from "chai";
import { workflowArgs, workflowMention } from "../../../components/routing/workflow-args.ts";
import { evaluateAll } from "../../../policies/evaluate.ts";
import { rules } from "../../../policies/rules.ts";
import { ofType } from "../../../simulation/declared/resource-graph.ts";
import { stackGraph } from "../../../simulation/declared/stack-graph.ts";
import { judgedStack } from "../../support/policies/judged-stack.ts";

const scope = { clusterName: "kind.1", namespace: "socks" };
const on = { "sock-shop:declareIncidents": "true" };
const handle = "@workflow-sock-shop-sock-shop-sock-shop-sandbox-incident";
const monitorType = "datadog:index/monitor:Monitor";
const workflowType = "datadog:index/workflowAutomation:WorkflowAutomation";
const ruleType = "datadog:index/monitorNotificationRule:MonitorNotificationRule";

describe("the workflow that declares an incident", () => {
  it("is triggered by monitors, at most once an hour, and begins with its one step", () => {
    const { specJson, published } = workflowArgs(scope);
    const spec = JSON.parse(specJson as string) as Record<string, unknown>;

    expect(published).to.equal(true);
    expect(spec["handle"]).to.equal("sock-shop-socks-kind-1-incident");
    expect(spec["triggers"]).to.deep.equal([
      {
        startStepNames: ["Declare_incident"],
        monitorTrigger: { rateLimit: { count: 1, interval: "3600s" } },
      },
    ]);
    expect(spec["steps"]).to.have.nested.property(
      "[0].actionId",
      "com.datadoghq.dd.incidents.createIncident",
    );
    expect(spec["steps"]).to.have.nested.property("[0].name", "Declare_incident");
  });

  it("is mentioned by its handle, and by nothing where it is off", () => {
    expect(workflowMention({ ...scope, declareIncidents: true })).to.equal(
      "@workflow-sock-shop-socks-kind-1-incident",
    );
    expect(workflowMention({ ...scope, declareIncidents: false })).to.equal(undefined);
  });

  it("is off by default, and then no message differs", async () => {
    const { resources } = await stackGraph();

    expect(resources.filter(({ type }) => type === workflowType)).to.deep.equal([]);
    expect(JSON.stringify(resources.map(({ inputs }) => inputs))).to.not.contain("@workflow");
  });

  it("is triggered by the monitor of the root cause alone, and not by its reminders", async () => {
    const { resources } = await stackGraph(on);
    const monitors = [...ofType(resources, monitorType)].map(([key, { inputs }]) => {
      return [key, String(inputs["message"])] as const;
    });

    expect([...ofType(resources, workflowType).keys()]).to.deep.equal(["declare-incident"]);
    const mentioning = monitors.filter(([, message]) => message.includes("@workflow"));
    expect(mentioning.map(([key]) => key)).to.deep.equal(["payment-down"]);
    expect(mentioning[0]?.[1]).to.contain(
      `{{#is_alert}}{{^is_renotify}}${handle}{{/is_renotify}}{{/is_alert}}`,
    );
  });

  it("is triggered by a rule of its own where rules route, and by no message", async () => {
    const { resources } = await stackGraph({ ...on, "sock-shop:routing": "rules" });
    const rule = ofType(resources, ruleType).get("route-workflow");

    expect(rule?.inputs["filter"]).to.have.property("tags").that.includes("runbook:payment-down");
    expect(rule?.inputs["conditionalRecipients"]).to.deep.equal({
      conditions: [{ scope: "transition_type:is_alert", recipients: [handle.slice(1)] }],
    });
    const messages = [...ofType(resources, monitorType).values()].map(
      ({ inputs }) => inputs["message"],
    );
    expect(JSON.stringify(messages)).to.not.contain("@workflow");
  });

  it("complies with every policy", async () => {
    expect(evaluateAll(rules, await judgedStack("sandbox", "payment-down", on))).to.deep.equal([]);
  });
});
