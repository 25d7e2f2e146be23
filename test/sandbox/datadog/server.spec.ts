import { expect } from "chai";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { standInClient } from "../../../sandbox/datadog/client.ts";
import { freePort } from "../../../sandbox/host/ports.ts";
import { metricMonitor } from "./stand-in.ts";

const server = fileURLToPath(new URL("../../../sandbox/datadog/server.ts", import.meta.url));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface Started {
  child: ChildProcess;
  /** Resolves with the first line of its output. */
  ready: Promise<string>;
  ended: Promise<Ended>;
}

function run(...args: string[]): Started {
  const child = spawn(process.execPath, [server, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  const ready = new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
      resolve(stdout);
    });
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = once(child, "close").then(([code]) => ({
    code: code as number | null,
    stdout,
    stderr,
  }));
  return { child, ready, ended };
}

describe("server.ts", function () {
  this.timeout(30_000);
  let dir: string;
  let running: Started[] = [];

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "stand-in-"));
    running = [];
  });

  afterEach(async () => {
    for (const { child, ended } of running) {
      child.kill("SIGKILL");
      await ended;
    }
    await rm(dir, { recursive: true, force: true });
  });

  const start = (...args: string[]) => {
    const started = run(...args);
    running.push(started);
    return started;
  };

  it("says when it is ready, keeps its state over a restart, and ends with 0 on SIGTERM", async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/`;
    const client = standInClient(url);
    const args = ["--port", String(port), "--state", dir];

    const first = start(...args);
    expect(await first.ready).to.equal(`Datadog stand-in ready at ${url}\n`);
    expect(await client.isReady()).to.equal(true);
    const created = await fetch(`${url}api/v1/monitor`, {
      method: "POST",
      headers: { "content-type": "application/json", "dd-api-key": "k", "dd-application-key": "k" },
      body: JSON.stringify(metricMonitor({ name: "kept" })),
    });
    expect(created.status).to.equal(200);
    await fetch(`${url}api/v9/unknown`);
    first.child.kill("SIGTERM");
    expect(await first.ended).to.deep.equal({
      code: 0,
      stdout: `Datadog stand-in ready at ${url}\n`,
      stderr: "",
    });
    expect(await client.isReady()).to.equal(false);

    const second = start(...args);
    await second.ready;
    expect((await client.monitorsNamed("kept")).map(({ name }) => name)).to.deep.equal(["kept"]);
    expect(await client.monitorsNamed("other")).to.deep.equal([]);
    expect((await client.requests("unknown")).map((r) => r.url)).to.deep.equal(["/api/v9/unknown"]);
    await client.reset();
    expect(await client.requests()).to.deep.equal([]);
    expect((await client.state()).monitors).to.deep.equal([]);
    second.child.kill("SIGINT");
    expect((await second.ended).code).to.equal(0);
  });

  it("loses nothing that it acknowledged when it is killed", async () => {
    const port = await freePort();
    const args = ["--port", String(port), "--state", dir];
    const first = start(...args);
    await first.ready;
    const url = `http://127.0.0.1:${port}/`;
    const names = ["a", "b", "c", "d", "e"];
    await Promise.all(
      names.map((name) =>
        fetch(`${url}api/v1/monitor`, {
          method: "POST",
          headers: {
            "content-type": "application/json",
            "dd-api-key": "k",
            "dd-application-key": "k",
          },
          body: JSON.stringify(metricMonitor({ name })),
        }),
      ),
    );

    first.child.kill("SIGKILL");
    await first.ended;

    await start(...args).ready;
    const { monitors } = await standInClient(url).state();
    expect(monitors.map(({ name }) => name).toSorted()).to.deep.equal(names);
  });

  it("refuses a state folder that another one has, until that one is gone", async () => {
    const first = start("--port", String(await freePort()), "--state", dir);
    await first.ready;
    const other = ["--port", String(await freePort()), "--state", dir];

    expect(await start(...other).ended).to.deep.equal({
      code: 1,
      stdout: "",
      stderr:
        `datadog stand-in: ${dir} is in use by process ${first.child.pid}: stop that one, ` +
        "or choose another --state\n",
    });
    first.child.kill("SIGKILL");
    await first.ended;
    expect(await start(...other).ready).to.include("ready");
  });

  it("says in one line that the port is in use", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const { port } = holder.address() as AddressInfo;

    const { ended } = start("--port", String(port), "--state", dir);

    expect(await ended).to.deep.equal({
      code: 1,
      stdout: "",
      stderr: `datadog stand-in: port ${port} is in use: stop what listens there or choose another --port\n`,
    });
    holder.close();
    await once(holder, "close");
  });

  it("says in one line that the state is corrupt, and does not listen", async () => {
    await writeFile(join(dir, "state.json"), "{");

    const { code, stdout, stderr } = await start("--port", "1", "--state", dir).ended;

    expect([code, stdout]).to.deep.equal([1, ""]);
    expect(stderr).to.match(/^datadog stand-in: the state is not JSON \(.*\): move .* away.*\n$/);
  });

  it("refuses wrong arguments in one line", async () => {
    const { code, stdout, stderr } = await start("--prot", "1").ended;

    expect([code, stdout]).to.deep.equal([1, ""]);
    expect(stderr).to.equal("datadog stand-in: Unknown option '--prot'\n");
  });
});
