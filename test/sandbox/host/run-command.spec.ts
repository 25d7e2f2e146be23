import { expect } from "chai";
import { lastWords, run } from "../../../sandbox/host/run-command.ts";

const node = process.execPath;
const options = { env: {}, timeoutMs: 20_000 };

describe("run", () => {
  it("tells how a command ended and what it printed", async () => {
    const program = 'console.log("out"); console.error("err"); process.exitCode = 3';

    expect(await run([node, "-e", program], options)).to.deep.equal({
      code: 3,
      stdout: "out",
      stderr: "err",
      timedOut: false,
    });
  });

  it("gives the command no other environment than the one it is told", async () => {
    // set by macOS, and by Node while it measures coverage
    const program =
      "const own = ['__CF_USER_TEXT_ENCODING', 'NODE_V8_COVERAGE'];" +
      "console.log(Object.keys(process.env).filter((key) => !own.includes(key)).join())";

    const { stdout } = await run([node, "-e", program], { ...options, env: { ONLY: "1" } });

    expect(stdout).to.equal("ONLY");
  });

  it("ends a command that takes too long", async () => {
    const result = await run([node, "-e", "setInterval(() => {}, 1000)"], {
      ...options,
      timeoutMs: 200,
    });

    expect(result.code).to.equal(undefined);
    expect(result.timedOut).to.equal(true);
  });

  it("has no exit code, but words, for a program that is not there", async () => {
    const result = await run(["/none/such"], options);

    expect(result.code).to.equal(undefined);
    expect(result.stderr).to.include("/none/such");
  });

  it("tells the lines of standard error as they come", async () => {
    const lines: string[] = [];
    const program = 'console.error("one"); console.log("not this"); console.error("two")';

    await run([node, "-e", program], { ...options, onLine: (line) => lines.push(line) });

    expect(lines).to.deep.equal(["one", "two"]);
  });
});

describe("lastWords", () => {
  const result = { code: 1, stdout: "", stderr: "", timedOut: false };

  it("is the last line that says something", () => {
    expect(lastWords({ ...result, stdout: "a\n", stderr: "b\nc\n\n  \n" })).to.equal("c");
    expect(lastWords({ ...result, stdout: "a\n" })).to.equal("a");
  });

  it("says so when there is none", () => {
    expect(lastWords(result)).to.equal("no output");
  });
});
