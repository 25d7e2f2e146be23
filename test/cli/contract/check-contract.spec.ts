import { expect } from "chai";
import { readPreview } from "../../../cli/pulumi/preview-events.ts";
import { contractLines, contractTable } from "../../../cli/contract/contract-table.ts";
import { contractOf } from "../../../cli/contract/check-contract.ts";
import {
  agent,
  asking,
  loadJob,
  monitor,
  payment,
  previewLog,
  type Shown,
} from "../../support/preview-log.ts";

const down = asking(payment, {
  spec: { replicas: 0, template: { spec: { containers: [{ image: "payment:1" }] } } },
});
const healthy = [payment, monitor, agent];
const role = "rbac.authorization.k8s.io/v1:ClusterRoleBinding";
const type = "datadog:index/monitor:Monitor";

function contract(incident: readonly Shown[], result?: string) {
  return contractOf(
    new Map([
      ["none", readPreview(previewLog(healthy))],
      ["payment-down", readPreview(previewLog(incident, result))],
    ]),
  );
}

describe("the contract on what the flag changes", () => {
  it("holds for what several workers of the load need", () => {
    const part = (type: string) => ({
      ...loadJob,
      path: loadJob.path.replace("batch/v1:Job", type),
      name: "workers",
    });
    const parts = ["core/v1:Service", "networking.k8s.io/v1:NetworkPolicy", "batch/v1:Job"];

    expect(contract([down, monitor, agent, ...parts.map(part)]).problems).to.deep.equal([]);
  });

  it("holds for payment's replicas and the load, in both directions", () => {
    const { pairs, problems } = contract([down, monitor, agent, loadJob]);

    expect(problems).to.deep.equal([]);
    expect(pairs.map(({ from, to }) => `${from} ${to}`)).to.deep.equal([
      "none payment-down",
      "payment-down none",
    ]);
    expect(pairs[0]?.differences).to.deep.equal([
      {
        path: loadJob.path,
        resource: "kubernetes:batch/v1:Job locust",
        operation: "create",
        properties: [],
        allowedBy: "load Job and its ConfigMap",
      },
      {
        path: payment.path,
        resource: "kubernetes:apps/v1:Deployment payment",
        operation: "update",
        properties: ["spec.replicas"],
        allowedBy: "payment's replicas",
      },
    ]);
    expect(pairs[1]?.differences.map(({ operation }) => operation)).to.deep.equal([
      "delete",
      "update",
    ]);
  });

  it("holds for the downtime of the drill, and for no other downtime", () => {
    const token = "datadog:index/downtimeSchedule:DowntimeSchedule";
    const drill: Shown = {
      path: `sockshop:incident:DrillDowntime$${token}`,
      name: "payment-down-drill",
      inputs: { scope: "*" },
      operation: "create",
    };
    const { pairs, problems } = contract([down, monitor, agent, drill]);

    expect(problems).to.deep.equal([]);
    expect(pairs[0]?.differences[0]).to.deep.include({
      resource: `${token} payment-down-drill`,
      allowedBy: "downtime of the drill",
    });
    const other = { ...drill, path: `sockshop:monitors:PaymentMonitors$${token}` };
    expect(contract([down, monitor, agent, other]).problems[0]).to.equal(
      `none to payment-down: must not create ${token} payment-down-drill`,
    );
  });

  const breaches: readonly (readonly [
    name: string,
    incident: readonly Shown[],
    problem: string,
  ])[] = [
    [
      "restarts the agent",
      [down, monitor, asking(agent, { values: { clusterAgent: { token: "b" } } })],
      "must not update kubernetes:helm.sh/v3:Release datadog-agent (values.clusterAgent.token)",
    ],
    [
      "replaces a monitor",
      [down, asking(monitor, { query: "other" }, "replace"), agent],
      "must not replace datadog:index/monitor:Monitor payment-no-replicas (query)",
    ],
    [
      "replaces a monitor for what is no input of it",
      [down, asking(monitor, monitor.inputs ?? {}, "replace"), agent],
      "must not replace datadog:index/monitor:Monitor payment-no-replicas",
    ],
    [
      "changes a secret, which the engine masks",
      [down, monitor, asking(agent, agent.inputs ?? {})],
      "must not update kubernetes:helm.sh/v3:Release datadog-agent",
    ],
    [
      "changes something of payment that the engine masks",
      [asking(payment, payment.inputs ?? {}), monitor, agent],
      "must not update kubernetes:apps/v1:Deployment payment",
    ],
    [
      "makes more than a Job of the load",
      [down, monitor, agent, { ...loadJob, path: loadJob.path.replace("batch/v1:Job", role) }],
      `must not create kubernetes:${role} locust`,
    ],
    [
      "puts a monitor into the load",
      [
        down,
        monitor,
        agent,
        { ...monitor, path: `sockshop:incident:LoadJob$${type}`, name: "new" },
      ],
      `must not create ${type} new`,
    ],
    [
      "removes a monitor",
      [down, asking(monitor, {}, "delete"), agent],
      "must not delete datadog:index/monitor:Monitor payment-no-replicas",
    ],
    [
      "changes payment's image with its replicas",
      [
        asking(payment, {
          spec: { replicas: 0, template: { spec: { containers: [{ image: "payment:2" }] } } },
        }),
        monitor,
        agent,
      ],
      "must not update kubernetes:apps/v1:Deployment payment " +
        "(spec.replicas, spec.template.spec.containers[0].image)",
    ],
    [
      "replaces payment instead of scaling it",
      [asking(payment, down.inputs ?? {}, "replace"), monitor, agent],
      "must not replace kubernetes:apps/v1:Deployment payment (spec.replicas)",
    ],
  ];
  for (const [name, incident, problem] of breaches) {
    it(`is broken by a flag that ${name}`, () => {
      expect(contract(incident).problems[0]).to.equal(`none to payment-down: ${problem}`);
    });
  }

  it("is broken by a state that does nothing, and by a preview that did not finish", () => {
    expect(contract(healthy, "failed").problems).to.deep.equal([
      "the preview of payment-down did not finish",
      "none and payment-down do not differ: one of them does nothing",
      "payment-down and none do not differ: one of them does nothing",
    ]);
  });

  it("is a table for people, which names a breach twice", () => {
    const broken = contract([down, monitor, asking(agent, { values: {} }), loadJob]);

    expect(contractLines(broken).slice(0, 2)).to.deep.equal([
      "from           to             changes",
      "none           payment-down   NOT ALLOWED kubernetes:helm.sh/v3:Release datadog-agent " +
        "(update 1); load Job and its ConfigMap (create 1); payment's replicas (update 1)",
    ]);
    expect(contractTable(broken).slice(-2)).to.deep.equal([
      "- none to payment-down: must not update kubernetes:helm.sh/v3:Release datadog-agent " +
        "(values.clusterAgent)",
      "- payment-down to none: must not update kubernetes:helm.sh/v3:Release datadog-agent " +
        "(values.clusterAgent)",
    ]);
  });
});
