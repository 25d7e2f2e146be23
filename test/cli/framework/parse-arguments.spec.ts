import { expect } from "chai";
import fc from "fast-check";
import { commands } from "../../../cli/commands.ts";
import { commandHelp, programHelp } from "../../../cli/framework/help.ts";
import { expectGoldenText } from "../../support/golden/golden-text.ts";
import { runCli } from "../../support/cli.ts";

const refusals: readonly (readonly [argv: string[], message: string])[] = [
  [["upp"], 'unknown command "upp"; did you mean "up"?'],
  [["frobnicate"], 'unknown command "frobnicate"; ./lab --help lists them all'],
  [["incident"], '"incident" needs one of enter, leave, status, overdue'],
  [["incident", "leav"], 'unknown command "incident leav"; did you mean "leave"?'],
  [["incident", "enter"], '"incident enter" needs <state>; see ./lab incident enter --help'],
  [["up", "now"], '"up" does not take "now"'],
  [["up", "--stak", "dev"], '"up" has no option "--stak"; did you mean "--stack"?'],
  [["status", "--dry-run"], '"status" has no option "--dry-run"'],
  [["up", "--stack"], 'option "--stack" needs a <name>, got ""'],
  [["up", "--stack", "--diff"], 'option "--stack" needs a <name>, got "--diff"'],
  [["up", "--diff=yes"], 'option "--diff" takes no value, got "yes"'],
  [["up", "--", "x"], '"up" takes nothing after "--"'],
  [
    ["up", "-s", "sandbx"],
    'no stack "sandbx" (Pulumi.sandbx.yaml): there are dev, sandbox; did you mean "sandbox"?',
  ],
];

describe("command line of lab", () => {
  for (const [argv, message] of refusals) {
    it(`refuses "${argv.join(" ")}" in one line, exit code 2`, async () => {
      const { code, stdout, stderr, calls } = await runCli(argv);

      expect({ code, stdout, stderr, calls }).to.deep.equal({
        code: 2,
        stdout: "",
        stderr: `lab: ${message}\n`,
        calls: [],
      });
    });
  }

  it("shows its help without a command, as a mistake", async () => {
    const { code, stdout, stderr } = await runCli([]);

    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: "" });
    expect(stderr).to.equal(programHelp(commands));
  });

  for (const asked of ["--help", "help"]) {
    it(`shows its help on ${asked}`, async () => {
      const { code, stdout } = await runCli([asked]);

      expect({ code, stdout }).to.deep.equal({ code: 0, stdout: programHelp(commands) });
    });
  }

  const wrong = [
    ["incident", "enter", "--help"],
    ["help", "incident", "enter"],
  ];
  for (const words of wrong) {
    it(`shows the help of a command on ${words.join(" ")}, which lacks a word`, async () => {
      const { code, stdout } = await runCli(words);

      expect(code).to.equal(0);
      expect(stdout).to.contain("usage: ./lab incident enter <state> [options]\n");
    });
  }

  it("shows where an error comes from only on --verbose", async () => {
    const bad = { files: { "Pulumi.sandbox.yaml": "config: [" } };
    const quiet = await runCli(["up"], bad);
    const verbose = await runCli(["up", "--verbose"], bad);

    expect(quiet.stderr.trimEnd().split("\n")).to.have.lengthOf(1);
    expect(verbose.stderr).to.match(/^ +at /m);
  });

  it("answers any words with one line or help, never a stack trace", async () => {
    const known = commands.flatMap(({ name, options }) => [
      ...name.split(" "),
      ...options.map((option) => `--${option.name}`),
    ]);
    const word = fc.oneof(fc.constantFrom(...known, "--", "-s", "-", "-x"), fc.string());

    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 5 }), async (argv) => {
        const run = await runCli(argv, { answer: () => ({ stdout: "{}" }) });

        expect(run.code).to.be.oneOf([0, 1, 2]);
        expect(run.stderr).not.to.match(/^ +at /m);
        if (run.code !== 0 && run.stderr.startsWith("lab: ")) {
          expect(run.stderr).not.to.match(/\bundefined\b|\[object/);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("has the help that was reviewed", () => {
    const text = [programHelp(commands), ...commands.map(commandHelp)].join("\n---\n\n");

    expectGoldenText("lab-help.txt", text);
  });
});
