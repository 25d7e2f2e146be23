import { expect } from "chai";
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { writeLogFile } from "../../../../sandbox/shop/pod/log-file.ts";
import { createPodLog } from "../../../../sandbox/shop/pod/pod-log.ts";
import { rotatedFile } from "../../../../sandbox/shop/pod/rotated-file.ts";
import { manualClock } from "../../../../simulation/timeline/manual-clock.ts";

describe("a pod's log file", () => {
  let folder: string;
  let file: string;
  let problems: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "shop-log-"));
    file = join(folder, "payment.log");
    problems = [];
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const onProblem = (message: string): void => void problems.push(message);
  const texts = async (): Promise<string[]> =>
    (await readFile(file, "utf8")).split("\n").map((line) => line.split(" ").slice(3).join(" "));

  it("holds every line in the form of a container runtime", async () => {
    const log = createPodLog(manualClock());

    log.write("stderr", "before");
    const end = writeLogFile(log, file, { onProblem });
    log.write("stdout", "one\ntwo");
    await end();
    log.write("stdout", "after");

    expect(await readFile(file, "utf8")).to.equal(
      "2030-01-02T03:04:05.006001Z stderr F before\n" +
        "2030-01-02T03:04:05.006002Z stdout F one\n" +
        "2030-01-02T03:04:05.006002Z stdout F two\n",
    );
    expect(problems).to.deep.equal([]);
  });

  it("has a line of more than 16 KiB in parts, between characters", async () => {
    const log = createPodLog(manualClock());
    const end = writeLogFile(log, file, { onProblem });
    log.write("stdout", "x".repeat(16_384));
    log.write("stdout", `x${"ä".repeat(10_000)}`);
    await end();

    const parts = (await readFile(file, "utf8"))
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" "));
    expect(parts.map(([, , tag, text = ""]) => [tag, Buffer.byteLength(text)])).to.deep.equal([
      ["F", 16_384],
      ["P", 16_383],
      ["F", 3_618],
    ]);
  });

  it("goes on after what an earlier shop wrote, without the half line that it left", async () => {
    await writeFile(file, "2030-01-02T03:04:05Z stdout F old\n2030-01-02T03:04:05Z stdout F ha");
    const log = createPodLog(manualClock());
    const end = writeLogFile(log, file, { onProblem });
    log.write("stdout", "new");
    await end();

    expect(await texts()).to.deep.equal(["old", "new", ""]);
  });

  it("keeps its lines while nothing can be written, and counts those beyond a limit", async () => {
    const blocked = join(folder, "gone", "payment.log");
    const log = createPodLog(manualClock());
    const end = writeLogFile(log, blocked, { onProblem, waitingBytes: 200, retryMs: 10 });
    log.write("stdout", "one");
    while (problems.length === 0) await sleep(5);
    for (let line = 2; line <= 9; line += 1) log.write("stdout", `line ${line}`);
    await mkdir(join(folder, "gone"));
    while (problems.length === 1) await sleep(5);
    log.write("stdout", "last");
    await end();

    file = blocked;
    expect(await texts()).to.deep.equal(["one", "line 2", "line 3", "line 4", "last", ""]);
    expect(problems[0]).to.match(/^cannot write \S+payment\.log: ENOENT\b.*; lines wait$/);
    expect(problems.slice(1)).to.deep.equal([`${blocked} can be written again; 5 lines are lost`]);
  });

  it("says how many lines are lost when it ends before it can be written", async () => {
    const blocked = join(folder, "gone", "payment.log");
    const log = createPodLog(manualClock());
    const end = writeLogFile(log, blocked, { onProblem, retryMs: 10 });
    log.write("stdout", "one\ntwo");
    await end();

    expect(problems.at(-1)).to.equal(`2 lines of ${blocked} are lost: it could not be written`);
  });

  it("is rotated when it is looked at and too long, by the number of lines before", async () => {
    const target = rotatedFile(file, { rotateBytes: 10, rotateEveryMs: 0 });
    for (let line = 0; line < 7; line += 1) await target.append(`line ${line}\n`);
    await target.close();

    expect(await readdir(folder)).to.have.members(["payment.log", ...[0, 2, 4].map(named)]);
    expect(await readFile(join(folder, named(2)), "utf8")).to.equal("line 2\nline 3\n");
    expect(await readFile(file, "utf8")).to.equal("line 6\n");
  });

  it("keeps four rotated files, and counts on over a restart", async () => {
    for (let line = 0; line < 14; line += 1) {
      const target = rotatedFile(file, { rotateBytes: 10, rotateEveryMs: 0 });
      await target.append(`line ${String(line).padStart(2, "0")}\n`);
      await target.close();
    }

    expect(await readdir(folder)).to.have.members(["payment.log", ...[4, 6, 8, 10].map(named)]);
  });

  it("is not rotated between two looks, so that a burst stays in one file", async () => {
    const log = createPodLog(manualClock());
    const end = writeLogFile(log, file, { onProblem, rotateBytes: 1000 });
    for (let line = 0; line < 100_001; line += 1) log.write("stdout", `line ${line}`);
    await end();

    expect(await readdir(folder)).to.deep.equal(["payment.log"]);
    expect((await texts()).slice(-2)).to.deep.equal(["line 100000", ""]);
  });

  it("is left as it was by a write that failed half-way", async () => {
    await mkdir(file);
    const target = rotatedFile(file);
    const failure = await target.append("a\n").catch((error: unknown) => error as Error);
    await rm(file, { recursive: true });
    await target.append("a\n");
    await appendFile(file, "");
    await target.close();

    expect(String(failure)).to.include("EISDIR");
    expect(await readFile(file, "utf8")).to.equal("a\n");
  });
});

function named(linesBefore: number): string {
  return `payment.log.${linesBefore}`;
}
