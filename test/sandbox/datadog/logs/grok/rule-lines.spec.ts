import { expect } from "chai";
import { rulesOf } from "../../../../../sandbox/datadog/logs/grok/rule-lines.ts";

describe("the lines of a grok definition", () => {
  it("are rules with names that may hold dots, and blanks at the end belong to a rule", () => {
    expect(rulesOf("fe.log %{word:a}  \n\n  # a comment\n  other %{word:b}")).to.deep.equal([
      ["fe.log", "%{word:a}  "],
      ["other", "%{word:b}"],
    ]);
  });
});
