import { expect } from "chai";
import { createServer, type Server } from "node:net";
import {
  assertPortFree,
  freePort,
  isPortFree,
  parseHolder,
  portInUse,
} from "../../../sandbox/host/ports.ts";

describe("ports", () => {
  let server: Server;
  let port: number;

  beforeEach(async () => {
    port = await freePort();
    server = createServer();
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  });

  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve));
  });

  it("tells a port somebody listens on from a free one", async () => {
    expect(await isPortFree(port)).to.equal(false);
    expect(await isPortFree(await freePort())).to.equal(true);
  });

  it("finds free ports that outgoing connections do not take, each another", async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()));

    expect(new Set(ports).size).to.equal(50);
    for (const found of ports) expect(found).to.be.within(20_000, 29_999);
  });

  it("refuses a port in use with the remedy", async () => {
    const refusal = assertPortFree(port, "the stand-in", "choose another").catch(String);

    expect(await refusal).to.include(`port ${port} is in use by `);
    expect(await refusal).to.include(
      ", but the stand-in needs it: stop that program, or choose another",
    );
  });

  it("lets a free port pass", async () => {
    await assertPortFree(await freePort(), "the stand-in", "choose another");
  });

  it("names the holder where it can be known", () => {
    const need = { port: 2026, wanted: "the stand-in", remedy: "choose another" };

    expect(portInUse(need, { program: "nginx", pid: 71 })).to.equal(
      "port 2026 is in use by nginx (pid 71), but the stand-in needs it: " +
        "stop that program, or choose another",
    );
    expect(portInUse(need, undefined)).to.match(/^port 2026 is in use by another program, /);
  });

  it("reads the holder from ss and from lsof", () => {
    const ss = 'LISTEN 0 511 127.0.0.1:2026 0.0.0.0:* users:(("node",pid=42,fd=18))\n';

    expect(parseHolder(ss)).to.deep.equal({ program: "node", pid: 42 });
    expect(parseHolder("p42\ncnode\nf18\n")).to.deep.equal({ program: "node", pid: 42 });
    expect(parseHolder("")).to.equal(undefined);
  });
});
