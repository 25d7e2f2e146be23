import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const HOOK = fileURLToPath(new URL("../../../sandbox/plugins/strip-cache.js", import.meta.url));

describe("the cache of stripped TypeScript", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "strip-cache-"));
    await writeFile(join(folder, "package.json"), '{"type":"module"}');
  });

  afterEach(() => rm(folder, { recursive: true }));

  const write = (text: string) => writeFile(join(folder, "main.ts"), text);

  /** Runs main.ts with the hook; answers all that it printed. */
  function run(cache = join(folder, "cache")): Promise<string> {
    // coverage is measured without a cache
    const env = {
      ...process.env,
      NODE_DISABLE_COMPILE_CACHE: undefined,
      NODE_COMPILE_CACHE: cache,
    };
    const args = ["--require", HOOK, join(folder, "main.ts")];
    return new Promise((resolve) => {
      execFile(process.execPath, args, { env }, (_error, stdout, stderr) => {
        resolve(stdout + stderr);
      });
    });
  }

  /** Node keeps a folder for each of its versions in the cache. */
  const versionFolder = async (cache: string) => join(cache, (await readdir(cache))[0] ?? "");
  const entries = async () => readdir(join(await versionFolder(join(folder, "cache")), "stripped"));

  it("runs a file the first time and from the cache, without a word of its own", async () => {
    await write("const one: number = 1;\nconsole.log(one);");

    expect(await run()).to.equal("1\n");
    expect((await entries()).length).to.equal(1);
    expect(await run()).to.equal("1\n");
  });

  it("runs what is in the file, not what was", async () => {
    await write("const one: number = 1;\nconsole.log(one);");
    await run();

    await write("const one: number = 2;\nconsole.log(one);");

    expect(await run()).to.equal("2\n");
    expect((await entries()).length).to.equal(2);
  });

  it("keeps lines and columns where they are in the file", async () => {
    await write("interface A {\n  b: string;\n}\nconst a = {} as A; throw new Error(a.b);");
    await run();

    expect(await run()).to.include(`${join(folder, "main.ts")}:4:26`);
  });

  it("leaves a file that cannot be stripped to Node's own complaint", async () => {
    await write("enum A { b }");

    expect(await run()).to.include("TypeScript enum is not supported in strip-only mode");
    expect(await run(join(folder, "none"))).to.include("TypeScript enum is not supported");
  });

  it("does without a cache that cannot be written", async () => {
    await write("const one: number = 1;\nconsole.log(one);");
    const occupied = join(folder, "occupied");
    await run(occupied);
    const inTheWay = join(await versionFolder(occupied), "stripped");
    await rm(inTheWay, { recursive: true });
    await writeFile(inTheWay, "a file in its place");

    expect(await run(occupied)).to.equal("1\n");
  });
});
