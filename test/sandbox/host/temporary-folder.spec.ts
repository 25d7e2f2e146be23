import { expect } from "chai";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import { temporaryFolder } from "../../../sandbox/host/temporary-folder.ts";

/** Above every system's highest process id. */
const nobody = 99_999_999;

describe("a temporary folder", () => {
  let parent: string;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), "temporary-"));
  });
  afterEach(() => rm(parent, { recursive: true }));

  it("is new each time, and named after its process", async () => {
    const folders = [await temporaryFolder(parent), await temporaryFolder(parent)];

    expect(new Set(folders).size).to.equal(2);
    for (const folder of folders) {
      expect(basename(folder)).to.match(new RegExp(`^sock-shop-${process.pid}_\\w{6}$`));
    }
  });

  it("replaces those of processes that have ended, and no other folder", async () => {
    const mine = `sock-shop-${process.pid}_abcdef`;
    const others = [mine, "sock-shop-e2e-abcdef", `sock-shop-${nobody}_abc`, `x-${nobody}_abcdef`];
    for (const name of [...others, `sock-shop-${nobody}_abcdef`]) {
      await mkdir(join(parent, name, "inside"), { recursive: true });
    }

    const folder = await temporaryFolder(parent);

    expect(await readdir(parent)).to.have.members([...others, basename(folder)]);
  });
});
