import { expect } from "chai";
import {
  occasionsOf,
  type Occasion,
  renderMessage,
} from "../../../../../sandbox/page/browser/monitors/message.ts";

const message =
  "{{#is_alert}}payment is down since {{last_triggered_at}}{{/is_alert}}" +
  "{{#is_no_data}}no data{{/is_no_data}}{{#is_recovery}}up again{{/is_recovery}}\n" +
  "value {{value}} of {{threshold}} on {{host.name}} {{^is_alert}}calm{{/is_alert}}";

function occasion(differences: Partial<Occasion>): Occasion {
  return { status: "Alert", thresholds: { critical: 5 }, groupTags: ["host:a"], ...differences };
}

describe("a monitor's message as people get it", () => {
  it("keeps the blocks of the occasion and fills in what is known", () => {
    expect(renderMessage(message, occasion({ value: 7 }))).to.equal(
      "payment is down since {{last_triggered_at}}\nvalue 7 of 5 on a",
    );
    expect(renderMessage(message, occasion({ status: "OK" }))).to.equal(
      "up again\nvalue {{value}} of 5 on a calm",
    );
    expect(renderMessage(message, occasion({ status: "No Data" }))).to.equal(
      "no data\nvalue {{value}} of 5 on a calm",
    );
  });

  it("tells one recovery from another", () => {
    const text =
      "{{#is_alert_recovery}}alert{{/is_alert_recovery}}{{#is_warning_recovery}}warn{{/is_warning_recovery}}" +
      "{{#is_no_data_recovery}}silence{{/is_no_data_recovery}}";
    const before = ["Alert", "Warn", "No Data"] as const;
    expect(
      before.map((one) => renderMessage(text, occasion({ status: "OK", before: one }))),
    ).to.deep.equal(["alert", "warn", "silence"]);
  });

  it("judges matches by the group's tags", () => {
    const text =
      '{{#is_match "host.name" "a"}}yes{{/is_match}}{{#is_exact_match "host.name" "ab"}}no{{/is_exact_match}}';
    expect(renderMessage(text, occasion({}))).to.equal("yes");
  });

  it("reads blocks in blocks", () => {
    const text =
      '{{#is_alert}}a{{#is_match "host.name" "a"}}b{{/is_match}}{{/is_alert}}{{#is_warning}}c{{/is_warning}}';
    expect(renderMessage(text, occasion({}))).to.equal("ab");
  });

  it("leaves blocks that it does not know, or that never close, as they are", () => {
    const text = "{{#is_odd}}x{{/is_odd}} {{#is_alert}}y";
    expect(renderMessage(text, occasion({}))).to.equal(text);
  });

  it("ends on a message of nothing but openings", () => {
    const text = "{{#is_alert}}".repeat(3000);
    expect(renderMessage(text, occasion({}))).to.equal(text);
  });

  it("names the occasions that the message has words for", () => {
    expect(occasionsOf(message)).to.deep.equal(["Alert", "No Data", "OK"]);
    expect(occasionsOf("{{#is_warning}}x{{/is_warning}}")).to.deep.equal(["Alert", "Warn", "OK"]);
    expect(occasionsOf("plain")).to.deep.equal(["Alert", "OK"]);
  });
});
