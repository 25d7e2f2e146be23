import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { claimServicePort } from "../../../../sandbox/shop/kube-proxy/service-port.ts";

const source = join(import.meta.dirname, "../../../../sandbox/shop/kube-proxy/service-port.ts");

describe("the port of a Service", () => {
  let claims: string;

  beforeEach(async () => {
    claims = await mkdtemp(join(tmpdir(), "service-ports-"));
  });
  afterEach(async () => {
    await rm(claims, { recursive: true });
  });

  /** Another process that claims a port, says which, and stays until it is ended. */
  async function otherShop() {
    const program =
      `const { claimServicePort } = await import(${JSON.stringify(source)});` +
      `const { port } = await claimServicePort(new Set(), { claims: ${JSON.stringify(claims)} });` +
      "process.stdout.write(String(port)); setInterval(() => {}, 1000);";
    const args = ["--input-type=module", "--eval", program];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const [text] = (await once(child.stdout, "data")) as [Buffer];
    const end = async (): Promise<void> => {
      child.kill("SIGKILL");
      await once(child, "exit");
    };
    return { port: Number(text), end };
  }

  it("is no other shop's, though nobody listens there", async () => {
    const other = await otherShop();
    const own = await claimServicePort(new Set(), { claims });
    await own.release();
    await other.end();

    expect(own.port).to.be.greaterThan(other.port);
  });

  it("is free again once the shop that had it is gone", async () => {
    const other = await otherShop();
    await other.end();
    const own = await claimServicePort(new Set(), { claims });
    await own.release();

    expect(own.port).to.equal(other.port);
  });

  it("is looked for from a given one on, and past the end of the range from its start", async () => {
    const next = await claimServicePort(new Set(), { claims, from: 20_300 });
    await next.release();
    const last = await claimServicePort(new Set(), { claims, from: 20_999 });
    const first = await claimServicePort(new Set([last.port]), { claims, from: last.port });
    await Promise.all([last.release(), first.release()]);

    expect(next.port).to.be.within(20_300, 20_998);
    expect(first.port).to.be.below(last.port);
  });

  it("is not one that another program listens on, nor one that was given out", async () => {
    const first = await claimServicePort(new Set(), { claims });
    await first.release();
    const holder = createServer();
    await new Promise<void>((done) => {
      holder.listen({ port: first.port, host: "127.0.0.1" }, done);
    });
    const second = await claimServicePort(new Set(), { claims });
    await second.release();
    const third = await claimServicePort(new Set([second.port]), { claims });
    await third.release();
    await new Promise((done) => holder.close(done));

    expect(second.port).to.be.greaterThan(first.port);
    expect(third.port).to.be.greaterThan(second.port);
  });
});
