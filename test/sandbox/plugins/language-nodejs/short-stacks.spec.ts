// With a package that stands in for the SDK's. That the real one works so is seen by every test in
// test/e2e.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";

const execute = promisify(execFile);

const HOOK = fileURLToPath(
  new URL("../../../../sandbox/plugins/language-nodejs/short-stacks.js", import.meta.url),
);

describe("the stacks that the SDK notes at its promises", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "stacks-"));
    await mkdir(join(folder, "node_modules/@pulumi/pulumi/runtime"), { recursive: true });
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function run(debugPromiseLeaks: boolean): Promise<unknown> {
    await writeFile(
      join(folder, "node_modules/@pulumi/pulumi/runtime/debuggable.js"),
      `exports.debugPromiseLeaks = ${debugPromiseLeaks};
       exports.debuggablePromise = (promise, context) => ({
         promise, context, lines: new Error().stack.split("\\n").length
       });`,
    );
    const main = join(folder, "main.cjs");
    await writeFile(
      main,
      `const { debuggablePromise } = require("@pulumi/pulumi/runtime/debuggable.js");
       const made = debuggablePromise("p", "c");
       const after = new Error().stack.split("\\n").length;
       console.log(JSON.stringify({ ...made, hasStackAfter: after > 1 }));`,
    );
    const { stdout } = await execute(process.execPath, ["--require", HOOK, main]);
    return JSON.parse(stdout) as unknown;
  }

  it("are left out, while every other error keeps its own", async () => {
    expect(await run(false)).to.deep.equal({
      promise: "p",
      context: "c",
      lines: 1,
      hasStackAfter: true,
    });
  });

  it("are there when leaks are looked for", async () => {
    expect(await run(true))
      .to.have.property("lines")
      .above(1);
  });

  it("may be made by an SDK that has no such place", async () => {
    await rm(join(folder, "node_modules"), { recursive: true });
    const main = join(folder, "main.cjs");
    await writeFile(main, 'console.log("ran");');

    const { stdout } = await execute(process.execPath, ["--require", HOOK, main]);

    expect(stdout).to.equal("ran\n");
  });
});
