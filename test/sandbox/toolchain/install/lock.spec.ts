import { expect } from "chai";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processIdentity } from "../../../../sandbox/host/process-identity.ts";
import { withLock } from "../../../../sandbox/toolchain/install/lock.ts";

describe("the lock of the cache folder", () => {
  let cacheDir: string;

  beforeEach(async () => {
    cacheDir = await mkdtemp(join(tmpdir(), "lock-"));
  });

  afterEach(() => rm(cacheDir, { recursive: true }));

  const unexpected = (pid: number): void => {
    throw new Error(`waited for ${pid}`);
  };

  it("runs the task and is removed afterwards", async () => {
    const result = await withLock(cacheDir, unexpected, async () => {
      expect(await readdir(cacheDir)).to.include("lock");
      return 7;
    });

    expect(result).to.equal(7);
    expect(await readdir(cacheDir)).to.deep.equal([]);
  });

  it("is removed after a task that failed, too", async () => {
    const failing = withLock(cacheDir, unexpected, () => Promise.reject(new Error("no")));

    expect(await failing.catch(String)).to.equal("Error: no");
    expect(await readdir(cacheDir)).to.deep.equal([]);
  });

  it("creates the cache folder", async () => {
    const nested = join(cacheDir, "not", "yet");

    expect(await withLock(nested, unexpected, () => Promise.resolve(1))).to.equal(1);
  });

  it("makes the second run wait, and names the first", async () => {
    const holder = { pid: process.pid, startTime: await processIdentity(process.pid) };
    const lock = join(cacheDir, "lock");
    await writeFile(lock, JSON.stringify(holder));
    const order: string[] = [];

    await withLock(
      cacheDir,
      (pid) => {
        order.push(`waits for ${pid === process.pid ? "us" : pid}`);
        order.push("released");
        void rm(lock);
      },
      () => Promise.resolve(order.push("runs")),
    );

    expect(order).to.deep.equal(["waits for us", "released", "runs"]);
  });

  it("is taken over from a run that has ended", async () => {
    const dead = { pid: 2 ** 30, startTime: "1@an earlier boot" };
    await writeFile(join(cacheDir, "lock"), JSON.stringify(dead));
    await writeFile(join(cacheDir, `lock.${dead.pid}`), JSON.stringify(dead));

    await withLock(cacheDir, unexpected, async () => {
      const holder = JSON.parse(await readFile(join(cacheDir, "lock"), "utf8")) as unknown;
      expect(holder).to.deep.include({ startTime: await processIdentity(process.pid) });
    });

    expect(await readdir(cacheDir)).to.deep.equal([]);
  });

  it("is taken over when it is torn", async () => {
    await writeFile(join(cacheDir, "lock"), '{"pid": 1');

    expect(await withLock(cacheDir, unexpected, () => Promise.resolve(1))).to.equal(1);
  });
});
