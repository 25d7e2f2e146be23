import { tmpdir } from "node:os";
import { expect } from "chai";
import { commandLine, processRunner } from "../../../cli/context/run-program.ts";
import type { Program } from "../../../cli/context/run-program.ts";

/** A program of Node's. */
function program(code: string): Program {
  return { file: process.execPath, args: ["-e", code], cwd: tmpdir(), env: { WORD: "hello" } };
}

/** The message that a promise is rejected with; none when it is not. */
async function messageOf(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => "",
    (error: unknown) => (error instanceof Error ? error.message : ""),
  );
}

describe("processRunner", () => {
  it("collects what a program prints, with exactly the environment it was given", async () => {
    const code = "console.log(process.env.WORD, process.env.HOME); console.error('why');";

    expect(await processRunner.capture(program(code))).to.deep.equal({
      code: 0,
      stdout: "hello undefined\n",
      stderr: "why\n",
    });
  });

  it("returns the exit code, and 128 and the signal's number as a shell does", async () => {
    const failing = await processRunner.capture(program("process.exit(3)"));
    const killed = await processRunner.capture(program("process.kill(process.pid, 'SIGKILL')"));

    expect([failing.code, killed.code]).to.deep.equal([3, 137]);
  });

  it("says what cannot be run instead of a stack trace", async () => {
    const missing = { ...program(""), file: "no-such-program" };

    expect(await messageOf(processRunner.attach(missing))).to.equal(
      "cannot run no-such-program: not found; ./lab doctor tells more",
    );
  });

  it("leaves no listener for signals behind", async () => {
    const before = process.listenerCount("SIGINT");
    await processRunner.attach(program(""));

    expect(process.listenerCount("SIGINT")).to.equal(before);
  });
});

describe("commandLine", () => {
  it("quotes what a shell would take apart", () => {
    expect(commandLine("pulumi", ["up", "--stack", "dev"])).to.equal("pulumi up --stack dev");
    expect(commandLine("x", ["it's", "a b", "$HOME", ""])).to.equal(
      "x 'it'\\''s' 'a b' '$HOME' ''",
    );
  });
});
