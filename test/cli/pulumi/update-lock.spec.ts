import { expect } from "chai";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UpdateRunning, withUpdateLock } from "../../../cli/pulumi/update-lock.ts";
import type { Session } from "../../../cli/stack/stack-session.ts";

describe("two updates of one stack", () => {
  let cacheDir: string;

  beforeEach(async () => {
    cacheDir = await mkdtemp(join(tmpdir(), "update-lock-"));
  });

  afterEach(async () => {
    await rm(cacheDir, { recursive: true });
  });

  const session = (stack: string, root = "/a", dryRun = false) =>
    ({
      dryRun,
      paths: { root, cacheDir, runDir: join(cacheDir, "run") },
      targets: { stack, ...(stack !== "sandbox" && { kubeContext: "kind" }) },
    }) as unknown as Session;

  /** Runs a second update while the first one runs. */
  const during = async (first: Session, second: Session): Promise<unknown> =>
    await withUpdateLock(first, async () => {
      try {
        return await withUpdateLock(second, () => Promise.resolve("ran"));
      } catch (error) {
        return error;
      }
    });

  it("refuses the second, which then changes nothing", async () => {
    for (const stack of ["sandbox", "dev"]) {
      const error = await during(session(stack), session(stack));

      expect(error).to.be.instanceOf(UpdateRunning);
      expect((error as Error).message).to.equal(
        `stack ${stack} is being changed by another ./lab (pid ${process.pid}); wait for it, then try ` +
          "again",
      );
    }
  });

  it("lets others run: another stack's, another checkout's, and one that only prints", async () => {
    expect(await during(session("sandbox"), session("dev"))).to.equal("ran");
    expect(await during(session("dev"), session("dev", "/b"))).to.equal("ran");
    expect(await during(session("sandbox"), session("sandbox", "/a", true))).to.equal("ran");
  });

  it("lets the next one run after one that failed", async () => {
    const failed = withUpdateLock(session("sandbox"), () => Promise.reject(new Error("no")));
    expect(await failed.catch((error: unknown) => (error as Error).message)).to.equal("no");

    expect(await withUpdateLock(session("sandbox"), () => Promise.resolve(1))).to.equal(1);
  });
});
