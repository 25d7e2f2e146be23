import { expect } from "chai";
import fc from "fast-check";
import { type LogConfig, readLogConfig } from "../../../sandbox/agent/log-config.ts";
import type { AgentEvent, Line } from "../../../sandbox/agent/apply-log-rules.ts";
import { createLogRules, unfolded } from "../../../sandbox/agent/apply-log-rules.ts";

interface Rule {
  readonly type: string;
  readonly pattern: string;
  readonly name?: string;
  readonly replace_placeholder?: string;
}

const annotation = (rules: readonly Rule[]) =>
  JSON.stringify([{ log_processing_rules: rules.map((rule) => ({ name: "rule", ...rule })) }]);

function events(rules: readonly Rule[], lines: readonly string[]): AgentEvent[] {
  return applied(readLogConfig(annotation(rules)), lines);
}

function applied(config: LogConfig, lines: readonly string[]): AgentEvent[] {
  const rules = createLogRules(config);
  return [...lines.flatMap((text, at) => rules.push(line(text, at))), ...rules.flush()];
}

const messages = (rules: readonly Rule[], lines: readonly string[]) =>
  events(rules, lines).map(({ message }) => message);

function line(text: string, at = 0, stream: Line["stream"] = "stdout"): Line {
  return { text, stream, nanos: BigInt(at) };
}

const starts = { type: "multi_line", pattern: "[0-9]" };

describe("the agent's log rules", () => {
  it("pass every line on where there are none, without surrounding blanks", () => {
    expect(messages([], ["one", "  two\t", "", " "])).to.deep.equal(["one", "two"]);
  });

  it("join lines until the next start, by a backslash and an n", () => {
    const joined = messages([starts], ["1 a", "\tb", "", "c", "2 d"]);

    expect(joined).to.deep.equal(["1 a\\n\tb\\n\\nc", "2 d"]);
    expect(unfolded(joined[0] ?? "")).to.equal("1 a\n\tb\n\nc");
  });

  it("count lines and take time and stream from the last one", () => {
    const rules = createLogRules(readLogConfig(annotation([starts])));
    rules.push(line("1", 5));
    rules.push(line("x", 7, "stderr"));

    expect(rules.flush()).to.deep.equal([
      { message: "1\\nx", status: "error", nanos: 7n, lines: 2 },
    ]);
    expect(rules.flush()).to.deep.equal([]);
  });

  it("obey the last one of several multi_line rules", () => {
    const other = { type: "multi_line", pattern: "[a-z]" };

    expect(messages([other, starts], ["1", "a", "2"])).to.deep.equal(["1\\na", "2"]);
  });

  it("send what a mask has emptied, but nothing that was blank before", () => {
    const mask = { type: "mask_sequences", pattern: "secret", replace_placeholder: "" };

    expect(messages([mask], ["secret", " "])).to.deep.equal([""]);
  });

  it("bind only the first of bare alternatives to the start of a line, like the Agent", () => {
    const bare = { type: "multi_line", pattern: "a|b" };
    const grouped = { type: "multi_line", pattern: "(?:a|b)" };

    expect(messages([bare], ["a", "xb"])).to.deep.equal(["a", "xb"]);
    expect(messages([grouped], ["a", "xb"])).to.deep.equal(["a\\nxb"]);
  });

  it("exclude and include by a match anywhere in the joined event", () => {
    const drop = { type: "exclude_at_match", pattern: "gone" };
    const keep = { type: "include_at_match", pattern: "kept" };

    expect(messages([starts, drop], ["1 a", "gone", "2"])).to.deep.equal(["2"]);
    expect(messages([keep], ["kept", "other"])).to.deep.equal(["kept"]);
  });

  it("apply each rule to what the one before it left", () => {
    const mask = { type: "mask_sequences", pattern: "a", replace_placeholder: "b" };
    const drop = { type: "exclude_at_match", pattern: "b" };

    expect(messages([mask, drop], ["a"])).to.deep.equal([]);
    expect(messages([drop, mask], ["a"])).to.deep.equal(["b"]);
  });

  it("mask every match, with Go's templates", () => {
    const mask = (replace_placeholder: string) =>
      messages(
        [{ type: "mask_sequences", pattern: "(n=)([0-9]+)", replace_placeholder }],
        ["n=12 n=3"],
      );

    expect(mask("${1}*")).to.deep.equal(["n=* n=*"]);
    expect(mask("$2!")).to.deep.equal(["12! 3!"]);
    expect(mask("$1x")).to.deep.equal([" "]);
    expect(mask("$$${9}")).to.deep.equal(["$ $"]);
  });

  for (const pattern of ["(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", "(a)\\1", "(?>a)", "("]) {
    it(`refuse ${pattern}, which RE2 does not know, and name the rule`, () => {
      const rule = { type: "exclude_at_match", pattern, name: "odd" };

      expect(() => readLogConfig(annotation([rule]))).to.throw(/^logs annotation: rule odd: /);
    });
  }

  it("refuse what is no annotation in one line", () => {
    const refused = (text: string) => () => readLogConfig(text);

    expect(refused("{")).to.throw(/^logs annotation: expected JSON: [^\n]*$/);
    expect(refused("[]")).to.throw(/^logs annotation: [^\n]*$/);
    expect(refused('[{"colour":"red"}]')).to.throw(/colour/);
    expect(refused(annotation([{ type: "drop", pattern: "x" }]))).to.throw(
      /0\.log_processing_rules\.0\.type/,
    );
  });

  it("lose no line and invent none, whatever comes", () => {
    const config = readLogConfig(annotation([starts]));
    const none = readLogConfig(annotation([]));
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (texts) => {
        const lines = texts.map((text) => text.replaceAll("\n", " "));
        const counted = applied(config, lines).reduce((sum, { lines }) => sum + lines, 0);
        const blank = applied(none, lines).length;
        expect(counted).to.be.within(blank, lines.length);
      }),
    );
  });

  it("take no longer than the line is long for a pattern that makes others explode", () => {
    const rule = { type: "mask_sequences", pattern: "(a*)*b", replace_placeholder: "" };
    const text = "a".repeat(20_000);

    expect(messages([rule], [text])).to.deep.equal([text]);
  });
});
