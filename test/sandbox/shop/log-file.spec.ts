import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { writeLogFile } from "../../../sandbox/shop/log-file.ts";
import { createPodLog } from "../../../sandbox/shop/pod-log.ts";
import { manualClock } from "../../../simulation/timeline/manual-clock.ts";

describe("a pod's log file", () => {
  it("holds every line in the form of a container runtime", async () => {
    const folder = await mkdtemp(join(tmpdir(), "shop-log-"));
    const file = join(folder, "payment.log");
    const log = createPodLog(manualClock());

    log.write("stderr", "before");
    const end = writeLogFile(log, file);
    log.write("stdout", "one\ntwo");
    await end();
    log.write("stdout", "after");
    const text = await readFile(file, "utf8");
    await rm(folder, { recursive: true });

    expect(text).to.equal(
      "2030-01-02T03:04:05.006001Z stderr F before\n" +
        "2030-01-02T03:04:05.006002Z stdout F one\n" +
        "2030-01-02T03:04:05.006002Z stdout F two\n",
    );
  });
});
