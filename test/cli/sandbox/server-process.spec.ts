import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { PartOptions } from "../../../cli/context/sandbox.ts";
import { findServer, startServer, stopServer } from "../../../cli/sandbox/server-process.ts";
import type { ServerSpec } from "../../../cli/context/sandbox.ts";
import { sandboxPaths } from "../../../sandbox/host/paths.ts";
import { freePort } from "../../../sandbox/host/ports.ts";

// Real processes on loopback, whose program is a few lines of JavaScript.

describe("a server of the sandbox", () => {
  let root: string;
  let options: PartOptions;
  let port: number;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "server-"));
    port = await freePort();
    options = {
      paths: sandboxPaths(root, { HOME: root }),
      env: { PATH: process.env["PATH"] },
      node: process.execPath,
      write: () => undefined,
      terminal: false,
      ownCluster: true,
    };
    await program(`require("node:http")
      .createServer((_, answer) => answer.end("fine"))
      .listen(Number(process.argv[2]), "127.0.0.1");`);
  });

  afterEach(async () => {
    await stopServer(options, server());
    await rm(root, { recursive: true });
  });

  const program = (text: string) => writeFile(join(root, "server.cjs"), text);

  function server(onPort = port): ServerSpec {
    return {
      name: "sock",
      title: "the sock server",
      detail: "socks",
      address: `http://127.0.0.1:${onPort}/`,
      ports: [{ port: onPort, remedy: "wear shoes" }],
      needsCluster: false,
      command: () => Promise.resolve(["server.cjs", String(onPort)]),
      isReady: () =>
        fetch(`http://127.0.0.1:${onPort}/`).then(
          ({ ok }) => ok,
          () => false,
        ),
    };
  }

  const failure = (): Promise<string> =>
    startServer(options, server()).then(
      () => "no failure",
      (error: unknown) => (error as Error).message,
    );

  it("is started once and found again", async () => {
    const started = await startServer(options, server());

    expect(started).to.deep.include({ address: `http://127.0.0.1:${port}/`, detail: "socks" });
    expect(await startServer(options, server())).to.deep.equal(started);
    expect(await findServer(options, server())).to.deep.equal(started);
  });

  it("shows what goes wrong in it although it answers", async () => {
    await startServer(options, server());
    const found = async (problem: string | undefined) =>
      (await findServer(options, { ...server(), problem: () => Promise.resolve(problem) }))?.detail;

    expect(await found("holes")).to.equal("holes");
    expect(await found(undefined)).to.equal("socks");
  });

  it("is restarted after its process was killed", async () => {
    const { pid = 0 } = await startServer(options, server());
    process.kill(pid, "SIGKILL");
    while ((await findServer(options, server())) !== undefined);

    expect((await startServer(options, server())).pid)
      .to.be.a("number")
      .that.is.not.equal(pid);
  });

  it("moves to another port when the stack says so, and leaves nobody on the old one", async () => {
    await startServer(options, server());
    const other = await freePort();

    expect(await findServer(options, server(other))).to.equal(undefined);
    await startServer(options, server(other));

    expect(await server().isReady()).to.equal(false);
    expect(await server(other).isReady()).to.equal(true);
  });

  it("says who holds its port, and the way out", async () => {
    const holder = createServer().listen(port, "127.0.0.1");
    await new Promise((listening) => holder.once("listening", listening));

    expect(await failure()).to.match(
      new RegExp(
        `^port ${port} is in use by .+, but the sock server needs it: ` +
          "stop that program, or wear shoes$",
      ),
    );
    holder.close();
  });

  it("points at the log of a process that ends at once", async () => {
    await program("setTimeout(() => process.exit(1), 100);");

    expect(await failure()).to.equal(
      `the sock server does not start on port ${port}; ` +
        `${join(root, ".sandbox", "logs", "sock.log")} says why`,
    );
  });
});
