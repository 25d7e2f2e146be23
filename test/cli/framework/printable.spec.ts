import { expect } from "chai";
import { printable, printableLine } from "../../../cli/framework/printable.ts";
import { runCli } from "../../support/cli.ts";

describe("text from elsewhere", () => {
  const cases: readonly (readonly [text: string, shown: string])[] = [
    ["plain – ünicode 日本 🧦", "plain – ünicode 日本 🧦"],
    ["\u001b[31mred", "\\u001b[31mred"],
    ["\u009b2J\u007f\0", "\\u009b2J\\u007f\\u0000"],
    ["\u202egnirts\u2066\u200b\u2028", "\\u202egnirts\\u2066\\u200b\\u2028"],
    ["\u{e0001}", "\\udb40\\udc01"],
    ["a\r", "a\\u000d"],
  ];

  for (const [text, shown] of cases) {
    it(`shows ${JSON.stringify(text)} as it is written`, () => {
      expect(printable(text)).to.equal(shown);
      expect(printableLine(text)).to.equal(shown);
    });
  }

  it("keeps line feeds and tabs, but not where one line is meant", () => {
    expect(printable("a\n\tb")).to.equal("a\n\tb");
    expect(printableLine("a\n\tb")).to.equal("a\\n\\tb");
  });

  const echoes: readonly (readonly string[])[] = [
    ["\u001b[2J\u202e\nx"],
    ["up", "--\u001b[2J\u202e\nx"],
    ["up", "--stack", "\u001b[2J\u202e\nx"],
    ["incident", "enter", "\u001b[2J\u202e\nx"],
    ["incident", "overdue", "--file", "\u001b[2J\u202e\nx"],
    ["incident", "overdue", "--longest", "\u001b[2J\u202e\nx"],
    ["logs", "a", "--from", "\u001b[2J\u202e\nx"],
    ["logs", "test", "\u001b[2J\u202e\nx"],
    ["logs", "test", "a", "--service", "\u001b[2J\u202e\nx"],
    ["completion", "\u001b[2J\u202e\nx"],
    ["status", "\u001b[2J\u202e\nx"],
  ];

  for (const argv of echoes) {
    it(`is escaped in the error of ${JSON.stringify(argv.join(" "))}, on one line`, async () => {
      const { stderr } = await runCli(argv);

      expect(stderr).to.include("\\u001b[2J\\u202e\\nx");
      expect(stderr).to.match(/^[^\p{Cc}\p{Cf}]+\n$/u);
    });
  }

  it("of an empty or broken state is one clear line", async () => {
    const files = { "empty.json": "", "broken.json": '{"deployment":' };
    for (const [name, words] of [
      ["empty.json", "is empty"],
      ["broken.json", "is cut off or not JSON"],
    ] as const) {
      const { code, stderr } = await runCli(["incident", "overdue", "--file", name], { files });

      expect([code, stderr]).to.deep.equal([
        1,
        `lab: ${name} ${words}; write it with: pulumi stack export\n`,
      ]);
    }
  });

  it("names no base to review against, before anything starts", async () => {
    const answer = () => ({ code: 128 });
    const { code, stderr, calls } = await runCli(["review", "--base", "nowhere"], { answer });

    expect(code).to.equal(2);
    expect(stderr).to.equal(
      'lab: option "--base": git finds no common commit of "nowhere" and HEAD; ' +
        "fetch the branch or name another one\n",
    );
    expect(calls).to.deep.equal(["git merge-base nowhere HEAD"]);
  });
});
