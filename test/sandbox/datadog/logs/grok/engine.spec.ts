// Proves: rules that VRL alone would refuse or read otherwise give what Datadog gives.
import { expect } from "chai";
import { vrlEngine } from "../../../../support/logs/vrl-engine.ts";

const arrived = Date.parse("2027-02-03T00:00:00Z");

describe("a grok rule", () => {
  const engine = vrlEngine();
  const found = async (rules: string, text: string, support = ""): Promise<unknown> => {
    const definition = { match_rules: rules, support_rules: support };
    const [outcome] = await engine().grok(definition, [text], arrived);
    return outcome === undefined || "failed" in outcome ? outcome : outcome.found;
  };

  for (const [what, rule, text, expected] of [
    [
      "counts milliseconds behind a comma",
      'r %{date("yyyy-MM-dd HH:mm:ss,SSS"):t}',
      "2027-01-05 10:00:01,127",
      { t: Date.parse("2027-01-05T10:00:01.127Z") },
    ],
    ["runs over line feeds by a dot", "r %{data:a} end.*", "1\n2 end\n3", { a: "1\n2" }],
    ["takes no blanks at the end of a text", "r %{word:a}", "socks \n", { a: "socks" }],
    ["gives back characters in spite of %{?>", "r \\[%{?>notSpace:a}\\]", "[Note]", { a: "Note" }],
    [
      "has a matcher for booleans",
      'r %{boolean("yes","no"):a} %{boolean:b}',
      "no TRUE",
      { a: false, b: true },
    ],
    [
      "puts pairs beside the other attributes",
      "r %{word:a} %{data::keyvalue}",
      "x b=1",
      { a: "x", b: 1 },
    ],
    [
      "has no attribute where nullIf finds its text",
      'r %{notSpace:a:nullIf("-")} %{word:b}',
      "- x",
      { b: "x" },
    ],
    [
      "lets no attribute stand for a date that is none",
      'r %{date("yyyy-MM-dd"):t}',
      "2027-02-30",
      {},
    ],
  ] as const) {
    it(what, async () => {
      expect(await found(rule, text)).to.deep.equal(expected);
    });
  }

  it("uses support rules and earlier rules whose names have dots, under one path twice", async () => {
    const support = '_d.one %{date("yyyy-MM-dd"):t}\n_d.two %{date("dd/MM/yyyy"):t}';
    const rules = "base.x (?:%{_d.one}|%{_d.two})\nr %{base.x} %{word:a}";

    expect(await found(rules, "05/01/2027 x", support)).to.deep.equal({
      t: Date.parse("2027-01-05T00:00:00Z"),
      a: "x",
    });
  });
});
