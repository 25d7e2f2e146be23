import { expect } from "chai";
import { chmod, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { placeEngine } from "../../../../sandbox/toolchain/install/place-engine.ts";

describe("placeEngine", () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "place-engine-"));
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  async function engine(text: string): Promise<string> {
    const file = join(root, "pulumi");
    await writeFile(file, text);
    await chmod(file, 0o755);
    return file;
  }

  it("leaves a copy with the time of its original alone, and replaces any other file", async () => {
    const file = await engine("v1");
    const place = join(root, "bin/pulumi");
    await placeEngine(file, place);
    const { mtime, atime } = await stat(file);
    // what a copy over the border of a file system would be
    await rm(place);
    await writeFile(place, "v0");
    await utimes(place, atime, mtime);

    await placeEngine(file, place);
    expect(await readFile(place, "utf8")).to.equal("v0");

    await utimes(place, atime, new Date(mtime.getTime() - 1000));
    await placeEngine(file, place);
    expect(await readFile(place, "utf8")).to.equal("v1");
    expect(await readdir(join(root, "bin"))).to.deep.equal(["pulumi"]);
  });

  it("fails where there is no engine", async () => {
    const error = await placeEngine(join(root, "gone"), join(root, "bin/pulumi")).catch(
      (reason: unknown) => reason,
    );

    expect(error).to.include({ code: "ENOENT" });
  });
});
