import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { disableEngineLog } from "../../../../sandbox/toolchain/install/disable-engine-log.ts";

describe("the engine's log of each command", () => {
  let folder: string;
  let home: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "engine-log-"));
    home = join(folder, "pulumi-home");
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("cannot be written where a file stands in for its folder, which says why", async () => {
    await disableEngineLog(home);

    expect(await readFile(join(home, "logs"), "utf8")).to.match(/^A file instead of a folder/);
    const made = await mkdir(join(home, "logs"), { recursive: true }).catch((error: unknown) =>
      String(error),
    );
    expect(made).to.include("EEXIST");
  });

  it("is removed with all that it holds", async () => {
    await mkdir(join(home, "logs"), { recursive: true });
    await writeFile(join(home, "logs", "pulumi-up.log"), "");

    await disableEngineLog(home);

    expect((await stat(join(home, "logs"))).isFile()).to.equal(true);
  });

  it("is left alone, without a failure, where nothing can be written", async () => {
    await writeFile(home, "");

    await disableEngineLog(home);

    expect(await readFile(home, "utf8")).to.equal("");
  });
});
