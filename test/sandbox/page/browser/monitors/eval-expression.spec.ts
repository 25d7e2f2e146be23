import { expect } from "chai";
import { evalExpression } from "../../../../../sandbox/page/browser/monitors/eval-expression.ts";
import { renderMessage } from "../../../../../sandbox/page/browser/monitors/message.ts";

const numbers = { value: 4.26, last_triggered_at_epoch: 1_000_000, triggered_duration_sec: 185 };

describe("arithmetic in a monitor's message", () => {
  it("keeps the order of operations, brackets and signs", () => {
    const cases = ["1+2*3", "(1+2)*3", "10-4-3", "100/10/5", "7%4", "-2*-3", "-(1+1)", "1.5*2"];
    expect(cases.map((text) => evalExpression(text, {}))).to.deep.equal([7, 9, 3, 2, 3, 6, -2, 3]);
  });

  it("knows int, round, and the variables that have a value", () => {
    expect(evalExpression("int(value)", numbers)).to.equal(4);
    expect(evalExpression("round(value, 1)", numbers)).to.equal(4.3);
    expect(evalExpression("round(value)", numbers)).to.equal(4);
    expect(evalExpression("int(triggered_duration_sec / 60)", numbers)).to.equal(3);
    expect(evalExpression("last_triggered_at_epoch-10*60*1000", numbers)).to.equal(400_000);
  });

  it("gives nothing for what it cannot read or does not know", () => {
    const odd = [
      "",
      "1+",
      "1 2",
      "(1",
      "1)",
      "nothing+1",
      "sin(1)",
      "a;b",
      "int(1",
      "1/0",
      "__proto__",
    ];
    expect(odd.map((text) => evalExpression(text, numbers))).to.deep.equal(
      odd.map(() => undefined),
    );
    expect(evalExpression(`${"(".repeat(5000)}1`, numbers)).to.equal(undefined);
  });

  it("fills the times of a message's links", () => {
    const text =
      'http://x/logs?from_ts={{eval "last_triggered_at_epoch-10*60*1000"}} {{last_triggered_at}} {{eval "odd+1"}}';
    const occasion = { status: "Alert", thresholds: {}, groupTags: [] } as const;
    expect(renderMessage(text, { ...occasion, lastTriggered: 1_000_000, now: 2_000_000 })).to.equal(
      'http://x/logs?from_ts=400000 1970-01-01T00:16:40.000Z {{eval "odd+1"}}',
    );
    expect(renderMessage(text, occasion)).to.equal(text);
  });
});
