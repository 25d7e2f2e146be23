// With packages that stand in for the SDK's: what is loaded when. That the real ones work so is
// seen by every test in test/e2e.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const HOOK = fileURLToPath(
  new URL("../../../../sandbox/plugins/language-nodejs/deferred-packages.js", import.meta.url),
);

describe("packages that the SDK loads for nothing", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "deferred-"));
    await mkdir(join(folder, "node_modules/@pulumi/pulumi"), { recursive: true });
    await writeFile(
      join(folder, "node_modules/@pulumi/pulumi/typescript-shim.js"),
      'console.log("loaded"); exports.Program = class Program {}; exports.other = 2;',
    );
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function run(code: string): Promise<string> {
    const main = join(folder, "main.cjs");
    await writeFile(main, code);
    return new Promise((resolve) => {
      execFile(process.execPath, ["--require", HOOK, main], (_error, stdout, stderr) => {
        resolve(stdout + stderr);
      });
    });
  }

  it("are not loaded by an import", async () => {
    const output = await run(
      `const compiler = require("@pulumi/pulumi/typescript-shim");
       console.log(compiler.__esModule, "imported");`,
    );

    expect(output).to.equal("true imported\n");
  });

  it("are loaded once, when something of them is used", async () => {
    const output = await run(
      `const compiler = require("@pulumi/pulumi/typescript-shim");
       console.log("imported");
       console.log(new compiler.Program().constructor.name, compiler.other);
       console.log(require("@pulumi/pulumi/typescript-shim").Program === compiler.Program);`,
    );

    expect(output).to.equal("imported\nloaded\nProgram 2\ntrue\n");
  });

  it("list their exports as if they were loaded", async () => {
    const output = await run(
      `const compiler = require("@pulumi/pulumi/typescript-shim");
       console.log(Object.keys({ ...compiler }).join(), "other" in compiler, "no" in compiler);`,
    );

    expect(output).to.equal("loaded\nProgram,other true false\n");
  });

  it("may be missing", async () => {
    await rm(join(folder, "node_modules"), { recursive: true });

    expect(await run('console.log("ran");')).to.equal("ran\n");
  });
});
