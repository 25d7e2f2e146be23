import { expect } from "chai";
import type { Resource } from "../../policies/rule.ts";
import { problemsOf } from "../support/problems.ts";
import { resource } from "../support/policies/rule-case.ts";

function monitor(inputs: object, stack = "sandbox"): readonly Resource[] {
  return [{ ...resource("datadog:index/monitor:Monitor", "m", inputs), stack }];
}

const recovery = "{{#is_recovery}}well again{{/is_recovery}}";

describe("the message of a monitor", () => {
  const about = (rule: string, message: string, stack?: string) =>
    problemsOf(rule, monitor({ message }, stack));

  for (const link of [
    "Runbook: docs/runbook.md#payment-down",
    "Runbook: https://wiki.example.com/pages/1#payment-down",
    "[Runbook](https://wiki.example.com/pages/1#payment-down)",
    "Runbook: docs/incidents.md#payment-down",
    "see https://runbooks.example.com/shop#payment-down",
  ]) {
    it(`links the runbook by ${link}`, () => {
      expect(about("monitor-runbook", link)).to.deep.equal([]);
    });
  }

  for (const text of [
    "see runbook#1",
    "Runbook: docs/runbook.md",
    "Runbook: https://wiki.example.com/pages/1",
    "Logs: https://app.datadoghq.com/logs#live",
    "Runbook: ask #team-shop",
  ]) {
    it(`links no runbook by ${text}`, () => {
      expect(about("monitor-runbook", text)).to.deep.equal([
        "m: its message links no heading of a runbook.",
      ]);
    });
  }

  it("says something when it is over", () => {
    const none = ["m: its message has no text for the recovery."];

    expect(about("monitor-recovery", recovery)).to.deep.equal([]);
    expect(
      about(
        "monitor-recovery",
        '{{#is_alert_recovery}}{{#is_match "env" "demo"}}well{{/is_match}}{{/is_alert_recovery}}',
      ),
    ).to.deep.equal([]);
    for (const empty of [
      "{{#is_recovery}} {{/is_recovery}} down {{#is_alert_recovery}}{{/is_alert_recovery}}",
      "{{#is_recovery}}@slack-shop{{/is_recovery}}",
      "{{#is_recovery}}{{#is_match}}{{/is_match}}{{/is_recovery}}",
      "{{#is_recovery}}well",
    ]) {
      expect(about("monitor-recovery", empty), empty).to.deep.equal(none);
    }
  });

  for (const shown of [
    "{{value}} pods",
    '{{eval "int(value)"}} pods',
    "below {{threshold}}",
    "below {{warn_threshold}}",
    "{{log.message}}",
    "{{ log.attributes.[error.message] }}",
  ]) {
    it(`shows no ${shown} when it is over`, () => {
      expect(
        about("monitor-recovery", `{{#is_recovery}}well, ${shown}{{/is_recovery}}`),
      ).to.deep.equal(["m: its text for the recovery shows a value, which may be missing."]);
    });
  }

  for (const text of [
    "{{#is_alert}}{{value}} pods{{/is_alert}} {{#is_recovery}}well{{/is_recovery}}",
    "{{#is_recovery}}{{host.name}} is well since {{last_triggered_at}}{{/is_recovery}}",
    "{{#is_recovery}}the value is well{{/is_recovery}}",
  ]) {
    it(`is a recovery that needs no value: ${text}`, () => {
      expect(about("monitor-recovery", text)).to.deep.equal([]);
    });
  }

  const app = "https://app.datadoghq.com/";
  const minutes = (sign: string) => `{{eval "last_triggered_at_epoch${sign}10*60*1000"}}`;
  const span = `from_ts=${minutes("-")}&to_ts=${minutes("+")}`;

  for (const link of [
    `${app}logs?query=env%3Ademo&${span}&live=false`,
    `${app}dashboard/abc-def-ghi/shop?${span}`,
    `${app}logs?from_ts={{eval "first_triggered_at_epoch-1000"}}&to_ts={{last_triggered_at_epoch}}`,
    `${app}dashboard/lists?q=shop and ${app}monitors/manage?q=tag:x`,
    "https://wiki.example.com/logs",
  ]) {
    it(`links a time, or a page that shows none, by ${link}`, () => {
      expect(about("monitor-links", `Logs: ${link}`)).to.deep.equal([]);
    });
  }

  for (const link of [
    `${app}logs?query=env%3Ademo`,
    `${app}logs?query=env%3Ademo&from_ts=${minutes("-")}`,
    `${app}logs?from_ts=1700000000000&to_ts=1700000001000`,
    `${app}dashboard/abc-def-ghi?tpl_var_env=demo`,
    `${app}dashboard/abc-def-ghi/shop?tpl_var_env=demo`,
    `${app}metric/explorer?query=x`,
  ]) {
    it(`links the last minutes, and not the alert's, by ${link}`, () => {
      const named = `m: its link ${link.slice(0, 80)} has no time of the alert.`;

      expect(about("monitor-links", `[logs](${link})`)).to.deep.equal([named]);
    });
  }

  it("notifies about the alert, not about its end alone", () => {
    const told = (message: string) => about("monitor-recipient", message, "staging");
    const nobody = ["m: its message has no recipient, or only for the recovery."];

    expect(told("down @slack-shop")).to.deep.equal([]);
    expect(told("{{#is_alert}}@slack-shop{{/is_alert}}")).to.deep.equal([]);
    expect(told(`${recovery}@slack-shop`)).to.deep.equal([]);
    expect(told("{{#is_recovery}}well @slack-shop{{/is_recovery}}")).to.deep.equal(nobody);
    expect(told("down")).to.deep.equal(nobody);
    expect(about("monitor-recipient", "down", "dev")).to.deep.equal([]);
  });
});

describe("the reminders of a monitor", () => {
  const judged = (inputs: object) => problemsOf("monitor-reminders", monitor(inputs));
  const every = { renotifyInterval: 30, renotifyStatuses: ["alert"] };
  const missing = ["m: it is repeated for an alert, but not for missing data."];

  it("are of missing data where that notifies", () => {
    expect(judged({ ...every, notifyNoData: true })).to.deep.equal(missing);
    expect(judged({ ...every, onMissingData: "show_and_notify_no_data" })).to.deep.equal(missing);
    expect(
      judged({ ...every, notifyNoData: true, renotifyStatuses: ["alert", "no data"] }),
    ).to.deep.equal([]);
  });

  it("are not of missing data that is shown only, and none where nothing is repeated", () => {
    expect(judged({ ...every, notifyNoData: false })).to.deep.equal([]);
    expect(judged({ ...every, onMissingData: "show_no_data" })).to.deep.equal([]);
    expect(judged({ notifyNoData: true })).to.deep.equal([]);
    expect(judged({ ...every, renotifyInterval: 0, notifyNoData: true })).to.deep.equal([]);
  });
});
