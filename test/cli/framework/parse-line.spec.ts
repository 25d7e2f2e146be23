import { expect } from "chai";
import fc from "fast-check";
import { commands } from "../../../cli/commands.ts";
import { optionFlag } from "../../../cli/framework/command.ts";
import { parseLine } from "../../../cli/framework/parse-line.ts";
import { expectGoldenText } from "../../support/golden/golden-text.ts";
import { runCli } from "../../support/cli.ts";

const refusals: readonly (readonly [argv: string[], message: string])[] = [
  [["upp"], 'unknown command "upp"; did you mean "up"?'],
  [["upp", "--help"], 'unknown command "upp"; did you mean "up"?'],
  [["help", "upp"], 'unknown command "upp"; did you mean "up"?'],
  [["frobnicate"], 'unknown command "frobnicate"; run ./lab --help for a list'],
  [["incident"], '"incident" needs one of enter, leave, run, status, overdue, verify'],
  [["incident", "leav"], 'unknown command "incident leav"; did you mean "leave"?'],
  [["incident", "enter"], '"incident enter" needs <state>; see ./lab incident enter --help'],
  [["up", "now"], '"up" does not take "now"'],
  [["up", "--stak", "dev"], '"up" has no option "--stak"; did you mean "--stack"?'],
  [["--stak", "dev", "up"], '"./lab" has no option "--stak"'],
  [["status", "--dry-run"], '"status" has no option "--dry-run"'],
  [["--dry-run", "status"], '"status" has no option "--dry-run"'],
  [["up", "--stack"], 'option "--stack" needs a <name>, got ""'],
  [["up", "--stack="], 'option "--stack" needs a <name>, got ""'],
  [["up", "--stack", "--diff"], 'option "--stack" needs a <name>, got "--diff"'],
  [["up", "--diff=yes"], '"up" has no option "--diff=yes"'],
  [["up", "--", "x"], '"up" takes nothing after "--"'],
  [["shell", "kubectl"], '"shell" does not take "kubectl"'],
  [
    ["up", "-s", "sandbx"],
    'no stack "sandbx" (Pulumi.sandbx.yaml): there are dev, sandbox; did you mean "sandbox"?',
  ],
  [["up\u001b[2J\u202e"], 'unknown command "up\\u001b[2J\\u202e"; run ./lab --help for a list'],
  [["status", "a\nb"], '"status" does not take "a\\nb"'],
];

const overview = helpOf("--help");

function helpOf(...argv: readonly string[]): string {
  const request = parseLine(argv, commands);
  return request.kind === "help" ? request.text : "";
}

describe("command line of lab", () => {
  for (const [argv, message] of refusals) {
    it(`refuses ${JSON.stringify(argv.join(" "))} in one line, exit code 2`, async () => {
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
    expect(stderr).to.equal(overview);
  });

  for (const asked of ["--help", "help"]) {
    it(`shows its help on ${asked}`, async () => {
      const { code, stdout } = await runCli([asked]);

      expect({ code, stdout }).to.deep.equal({ code: 0, stdout: overview });
    });
  }

  const wrong = [
    ["incident", "enter", "--help"],
    ["help", "incident", "enter"],
    ["incident", "enter", "nothing", "--help"],
  ];
  for (const words of wrong) {
    it(`shows the help of a command on ${words.join(" ")}, which lacks a word`, async () => {
      const { code, stdout } = await runCli(words);

      expect(code).to.equal(0);
      expect(stdout).to.contain("Usage: ./lab incident enter [options] <state>\n");
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
      ...Object.keys(options).map(optionFlag),
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

  for (const argv of [
    ["--stack", "dev", "down"],
    ["down", "--stack=dev"],
    ["down", "-sdev"],
  ]) {
    it(`takes the option of "${argv.join(" ")}"`, () => {
      const request = parseLine(argv, commands);

      expect(request).to.deep.include({ kind: "run", given: { stack: "dev", dryRun: false } });
    });
  }

  it("shows the version of package.json", async () => {
    const files = { "package.json": '{"version":"1.2.3"}' };

    const { code, stdout } = await runCli(["--version"], { files });

    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: "1.2.3\n" });
  });

  const help = [overview, ...commands.map(({ name }) => helpOf(...name.split(" "), "--help"))];

  it("has no line of help over 100 columns", () => {
    const long = help.flatMap((text) => text.split("\n").filter((line) => line.length > 100));

    expect(help.every((text) => text !== "")).to.equal(true);
    expect(long).to.deep.equal([]);
  });

  it("has the help that was reviewed", () => {
    expectGoldenText("lab-help.txt", help.join("\n---\n\n"));
  });
});
