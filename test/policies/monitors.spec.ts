import { expect } from "chai";
import { UNKNOWN } from "../../policies/values.ts";
import type { Resource } from "../../policies/rule.ts";
import { problemsOf } from "../support/problems.ts";
import { resource } from "../support/policies/rule-case.ts";

function monitor(inputs: object, stack = "sandbox"): readonly Resource[] {
  return [{ ...resource("datadog:index/monitor:Monitor", "m", inputs), stack }];
}

describe("silence of a monitor", () => {
  const said = (inputs: object) => problemsOf("monitor-no-data", monitor(inputs));
  const metric = "avg(last_5m):avg:system.load.1{env:demo} > 1";
  const goesOn = ["m: its onMissingData is default, which goes on with its last status."];

  for (const query of [
    "sum(last_5m):sum:orders.failed{env:demo}.as_count() > 1",
    'logs("env:demo status:error").index("*").rollup("count").last("5m") > 1',
    'logs("env:demo").index("*").rollup("cardinality", "@order.id").last("5m") > 1',
  ]) {
    it(`is 0 by default to ${query}`, () => {
      expect(said({ query, onMissingData: "default" })).to.deep.equal([]);
    });
  }

  for (const query of [
    metric,
    "sum(last_5m):default_zero(sum:orders.failed{env:demo}.as_count()) > 1",
    'logs("env:demo").index("*").rollup("avg", "@duration").last("5m") > 1',
  ]) {
    it(`is nothing by default to ${query}`, () => {
      expect(said({ query, onMissingData: "default" })).to.deep.equal(goesOn);
      expect(said({ query, onMissingData: "resolve" })).to.deep.equal([]);
    });
  }

  it("is 0 by default to a formula of counts alone", () => {
    const computed = (...aggregations: readonly string[]) =>
      said({
        query: 'formula("a / b").last("5m") > 1',
        onMissingData: "default",
        variables: {
          eventQueries: aggregations.map((aggregation) => ({ computes: [{ aggregation }] })),
        },
      });

    expect(computed("count", "cardinality")).to.deep.equal([]);
    expect(computed("count", "avg")).to.deep.equal(goesOn);
    expect(computed()).to.deep.equal(goesOn);
  });

  it("is reported after a time that is given", () => {
    const late = ["m: it reports silence without saying after how long."];

    expect(said({ notifyNoData: true, noDataTimeframe: 1 })).to.deep.equal([]);
    expect(said({ notifyNoData: true, noDataTimeframe: 0 })).to.deep.equal(late);
    expect(said({ notifyNoData: true })).to.deep.equal(late);
    expect(said({ notifyNoData: false })).to.deep.equal([]);
    expect(said({ query: metric })).to.deep.equal(["m: it does not say what silence means."]);
  });
});

describe("the recipient of a monitor", () => {
  const judged = (inputs: object) => problemsOf("monitor-recipient", monitor(inputs, "staging"));

  it("is missed with the message, unless the monitor feeds others", () => {
    expect(judged({})).to.have.length(1);
    expect(judged({ tags: ["notifies:nobody"] })).to.deep.equal([]);
  });

  it("is undecided while message or tags are unknown", () => {
    expect(judged({ message: UNKNOWN })).to.deep.equal([
      "m: undecided: message is not known before the update.",
    ]);
    expect(judged({ message: "down", tags: UNKNOWN })).to.deep.equal([
      "m: undecided: tags is not known before the update.",
    ]);
  });

  it("is nothing that a resource of another provider has", () => {
    const [other] = monitor({ message: "down" }, "staging");

    expect(
      problemsOf("monitor-recipient", [{ ...other, type: "aws:s3/bucket:Bucket" } as Resource]),
    ).to.deep.equal([]);
  });
});

describe("the rule that routes a monitor's alerts", () => {
  const tags = ["team:a", "notifies:alerts"];
  const judged = monitor({ message: "down", tags }, "staging");
  const said = (...rules: readonly object[]) =>
    problemsOf("monitor-recipient", [
      ...judged,
      ...rules.map((inputs, index) =>
        resource(
          "datadog:index/monitorNotificationRule:MonitorNotificationRule",
          `r${index}`,
          inputs,
        ),
      ),
    ]);
  const nobody = ["m: its message has no recipient, or only for the recovery."];
  const conditions = [{ scope: "transition_type:is_alert", recipients: ["slack-a"] }];

  it("stands for a recipient in the message", () => {
    expect(said({ filter: { tags }, recipients: ["slack-a"] })).to.deep.equal([]);
    expect(
      said({ filter: { tags: ["team:a"] }, conditionalRecipients: { conditions } }),
    ).to.deep.equal([]);
  });

  it("must match all of the monitor's tags that it names, and name somebody", () => {
    expect(said()).to.deep.equal(nobody);
    expect(said({ filter: { tags: [...tags, "team:b"] }, recipients: ["slack-a"] })).to.deep.equal(
      nobody,
    );
    expect(said({ filter: { tags }, recipients: [] })).to.deep.equal(nobody);
    expect(said({ filter: { tags: [] }, recipients: ["slack-a"] })).to.deep.equal(nobody);
  });
});

describe("a monitor that is declared and does not speak", () => {
  const muted = (inputs: object) => problemsOf("monitor-unmuted", monitor(inputs));

  it("is a draft", () => {
    expect(muted({ draftStatus: "draft" })).to.deep.equal(["m: it is a draft."]);
    expect(muted({ draftStatus: "published" })).to.deep.equal([]);
  });

  it("is known for muted while it is unknown whether it is a draft", () => {
    expect(muted({ draftStatus: UNKNOWN, silenced: { "*": 0 } })).to.deep.equal([
      "m: it mutes itself.",
      "m: undecided: draftStatus is not known before the update.",
    ]);
  });
});

describe("a downtime that the stack declares", () => {
  const drill = {
    monitorIdentifier: {
      monitorTags: [
        "incident:payment-failure",
        "kube_cluster_name:sock-shop-sandbox",
        "kube_namespace:sock-shop",
      ],
    },
    oneTimeSchedule: { end: "2027-01-05T12:00:00Z" },
  };
  const muting = (inputs: object) =>
    problemsOf("monitor-unmuted", [
      resource("datadog:index/downtimeSchedule:DowntimeSchedule", "d", inputs),
    ]);

  it("may mute the monitors of one drill that ends", () => {
    expect(muting(drill)).to.deep.equal([]);
  });

  it("has an end that only the update knows", () => {
    expect(muting({ ...drill, oneTimeSchedule: { end: UNKNOWN } })).to.deep.equal([]);
    expect(muting({ ...drill, oneTimeSchedule: UNKNOWN })).to.deep.equal([]);
  });

  it("must end", () => {
    const endless = ["d: it mutes monitors as part of the stack, without an end."];

    expect(muting({ ...drill, oneTimeSchedule: {} })).to.deep.equal(endless);
    expect(
      muting({ ...drill, oneTimeSchedule: undefined, recurringSchedule: { recurrences: [{}] } }),
    ).to.deep.equal(endless);
  });

  it("must name the incident, the cluster and the namespace", () => {
    const [incident, cluster] = drill.monitorIdentifier.monitorTags;
    const said = (names: string) => [
      `d: it mutes monitors as part of the stack, and not only those with ${names}.`,
    ];

    expect(muting({ ...drill, monitorIdentifier: { monitorId: 1 } })).to.deep.equal(
      said("incident, kube_cluster_name, kube_namespace"),
    );
    expect(
      muting({ ...drill, monitorIdentifier: { monitorTags: [incident, cluster] } }),
    ).to.deep.equal(said("kube_namespace"));
    expect(muting({ ...drill, monitorIdentifier: { monitorTags: ["*"] } })).to.have.length(1);
    expect(muting({ ...drill, monitorIdentifier: UNKNOWN })).to.deep.equal([
      "d: undecided: monitorIdentifier is not known before the update.",
    ]);
  });
});

describe("what a Datadog account has one of", () => {
  const owned = (name: string, config?: object) =>
    problemsOf("org-singletons", [resource(`datadog:index/x:${name}`, "x", {})], config);

  for (const name of [
    "LogsPipelineOrder",
    "ApmRetentionFilterOrder",
    "SensitiveDataScannerGroupOrder",
    "IpAllowlist",
    "DomainAllowlist",
    "OrganizationSettings",
    "CustomAllocationRules",
  ]) {
    it(`is ${name}`, () => {
      expect(owned(name)).to.deep.equal([
        `x: it is a ${name}, which belongs to the whole account.`,
      ]);
    });
  }

  it("is what the setting says", () => {
    expect(owned("LogsMetric")).to.deep.equal([]);
    expect(owned("LogsMetric", { types: ["*Metric"] })).to.have.length(1);
    expect(owned("LogsPipelineOrder", { types: ["*Metric"] })).to.deep.equal([]);
  });
});
