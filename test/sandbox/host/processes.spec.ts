import { expect } from "chai";
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseProcStat, processIdentity } from "../../../sandbox/host/process-identity.ts";
import {
  findProcess,
  isOurs,
  listProcesses,
  recordProcess,
  startProcess,
  stopProcess,
  type ProcessRecord,
} from "../../../sandbox/host/processes.ts";

const node = process.execPath;
const sleepForever = "setInterval(() => {}, 1000)";

describe("process records", () => {
  let dirs: { runDir: string; logsDir: string };
  let started: ProcessRecord[];

  beforeEach(async () => {
    const root = await mkdtemp(join(tmpdir(), "process-"));
    dirs = { runDir: join(root, "run"), logsDir: join(root, "logs") };
    started = [];
  });

  afterEach(async () => {
    for (const record of started) await stopProcess(record, dirs.runDir, 0);
    await rm(join(dirs.runDir, ".."), { recursive: true });
  });

  async function start(program: string, name = "server"): Promise<ProcessRecord> {
    const command = [node, "-e", program] as const;
    const record = await startProcess({ name, command, env: {}, port: 2026 }, dirs);
    started.push(record);
    return record;
  }

  it("writes down what is needed to end the process later, from anywhere", async () => {
    const record = await start(sleepForever);

    const text = await readFile(join(dirs.runDir, "server.json"), "utf8");
    expect(JSON.parse(text)).to.deep.equal(record);
    expect(record.command).to.deep.equal([node, "-e", sleepForever]);
    expect(record.port).to.equal(2026);
    expect(await listProcesses(dirs.runDir)).to.deep.equal([record]);
    expect(await findProcess("server", dirs.runDir)).to.deep.equal(record);
    expect(await findProcess("other", dirs.runDir)).to.equal(undefined);
  });

  it("appends what the process prints to its log", async () => {
    const record = await start(`console.log("out"); console.error("err"); ${sleepForever}`);
    const log = join(dirs.logsDir, "server.log");
    while (!(await readFile(log, "utf8")).includes("err")) await sleep(10);

    expect(await readFile(log, "utf8")).to.equal("out\nerr\n");
    expect(await isOurs(record)).to.equal(true);
  });

  it("finds each process while others look at the records of ended ones", async () => {
    const alive = await start(sleepForever);
    const names = Array.from({ length: 30 }, (_, index) => `ended-${index + 10}`);
    for (const name of names) {
      const ended = { ...alive, name, startTime: "before" };
      await writeFile(join(dirs.runDir, `${name}.json`), JSON.stringify(ended));
    }

    const looks: Promise<unknown>[] = [];
    for (const name of [...names, "server"]) {
      looks.push(findProcess(name, dirs.runDir), listProcesses(dirs.runDir));
      await sleep(1);
    }

    const found = await Promise.all(looks);
    expect(found.slice(-2)).to.deep.equal([alive, [alive]]);
    expect(await readdir(dirs.runDir)).to.deep.equal(["server.json"]);
  });

  it("ends a process and forgets it", async () => {
    const record = await start(sleepForever);

    await stopProcess(record, dirs.runDir);

    expect(await isOurs(record)).to.equal(false);
    expect(await readdir(dirs.runDir)).to.deep.equal([]);
  });

  it("ends a process that ignores SIGTERM", async () => {
    const record = await start(`process.on("SIGTERM", () => {}); console.log(1); ${sleepForever}`);
    const log = join(dirs.logsDir, "server.log");
    while ((await readFile(log, "utf8")) === "") await sleep(10);

    await stopProcess(record, dirs.runDir, 100);

    expect(await isOurs(record)).to.equal(false);
  });

  it("ends the children, too", async () => {
    const child = `require("node:child_process").spawn(${JSON.stringify(node)}, ["-e", "${sleepForever}"])`;
    const record = await start(`console.log(${child}.pid); ${sleepForever}`);
    const log = join(dirs.logsDir, "server.log");
    while (!(await readFile(log, "utf8")).includes("\n")) await sleep(10);
    const pid = Number(await readFile(log, "utf8"));
    expect(await processIdentity(pid)).to.be.a("string");

    await stopProcess(record, dirs.runDir);

    expect(await processIdentity(pid)).to.equal(undefined);
  });

  it("never touches another process that has got the pid of ours", async () => {
    const stranger = await start(sleepForever, "stranger");
    const record = { ...stranger, name: "server", startTime: "1@long-ago" };
    await writeFile(join(dirs.runDir, "server.json"), JSON.stringify(record));

    await stopProcess(record, dirs.runDir);

    expect(await isOurs(stranger)).to.equal(true);
    expect(await readdir(dirs.runDir)).to.deep.equal(["stranger.json"]);
  });

  it("drops records of ended processes and files that are no records", async () => {
    const ended = await start(sleepForever, "ended");
    process.kill(ended.pid, "SIGKILL");
    while (await isOurs(ended)) await sleep(10);
    await writeFile(join(dirs.runDir, "torn.json"), '{"name": "to');
    await writeFile(join(dirs.runDir, "all.json"), '{"name":"all","pid":-1,"startTime":"x"}');

    expect(await listProcesses(dirs.runDir)).to.deep.equal([]);
    expect(await readdir(dirs.runDir)).to.deep.equal([]);
  });

  it("knows no processes where nothing was ever started", async () => {
    expect(await listProcesses(join(dirs.runDir, "none"))).to.deep.equal([]);
  });

  it("refuses a program that is not there, by name", async () => {
    const options = { name: "server", command: ["/none/such"] as const, env: {} };

    const error = await startProcess(options, dirs).catch((reason: unknown) => reason);

    expect(String(error)).to.equal("Error: cannot start /none/such: ENOENT");
  });

  it("refuses to record a process that has ended already, and names its log", async () => {
    const child = spawn(node, ["-e", ""]);
    const { pid = 0 } = child;
    await new Promise((resolve) => child.once("close", resolve));
    const running = { name: "brief", pid, command: [node], group: false };

    const error = await recordProcess(running, dirs).catch((reason: unknown) => reason);

    expect(String(error)).to.equal(
      `Error: brief ended at once; see ${join(dirs.logsDir, "brief.log")}`,
    );
  });
});

describe("parseProcStat", () => {
  it("is not misled by blanks and brackets in the name of the command", () => {
    const fields = Array.from({ length: 30 }, (_, index) => String(index + 6)).join(" ");

    expect(parseProcStat(`77 (a) b (c) S 1 70 ${fields}`)).to.deep.equal({
      state: "S",
      group: 70,
      startTicks: "22",
    });
  });
});
