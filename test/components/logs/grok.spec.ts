import { expect } from "chai";
import { capture, grokParser, type GrokSpec, rule } from "../../../components/logs/grok.ts";

const rules = (count: number) => Array.from({ length: count }, (_, i) => rule(`r${i}`, "x"));

const parser = (changes: Partial<GrokSpec>) => () =>
  grokParser({ name: "p", source: "message", samples: [], rules: rules(1), ...changes });

describe("grokParser", () => {
  it("writes one rule a line, its name in front, and is enabled", () => {
    const made = parser({ support: [rule("_a", "b")], rules: [rule("c", "%{_a} d")] })();

    expect(made).to.deep.equal({
      grokParser: {
        name: "p",
        isEnabled: true,
        source: "message",
        samples: [],
        grok: { supportRules: "_a b", matchRules: "c %{_a} d" },
      },
    });
  });

  it("takes as many rules and samples as Datadog does", () => {
    expect(
      parser({ rules: rules(10), samples: Array<string>(5).fill("x".repeat(5000)) }),
    ).not.to.throw();
  });

  const refused: readonly (readonly [string, Partial<GrokSpec>])[] = [
    ["has no rule", { rules: [] }],
    ["has 11 rules, 10 are allowed", { rules: rules(11) }],
    ["has 6 samples, 5 are allowed", { samples: Array<string>(6).fill("x") }],
    ["has a sample of more than 5000 characters", { samples: ["x".repeat(5001)] }],
    ["names two rules r0", { support: [rule("r0", "x")] }],
    ["rule a b is not a name and a pattern on one line", { rules: [rule("a b", "x")] }],
    ["rule a is not a name and a pattern on one line", { rules: [rule("a", "x\ny")] }],
  ];
  for (const [problem, changes] of refused) {
    it(`refuses one that ${problem}`, () => {
      expect(parser(changes)).to.throw(`grok parser "p": ${problem}`);
    });
  }
});

describe("capture", () => {
  it("doubles backslashes and escapes quotes, as grok wants it", () => {
    expect(capture(String.raw`[^"]\d`, "a.b")).to.equal(String.raw`%{regex("[^\"]\\d"):a.b}`);
  });
});
