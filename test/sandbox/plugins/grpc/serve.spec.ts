// A plugin as the engine runs it: proves the first line of its output and that it goes when it
// is told to, or when the engine is gone.
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { engineAddressOf } from "../../../../sandbox/plugins/grpc/serve.ts";

const MAIN = fileURLToPath(new URL("../../../../sandbox/plugins/datadog/main.ts", import.meta.url));

describe("a served plugin", () => {
  let plugin: ChildProcessWithoutNullStreams;

  beforeEach(() => {
    plugin = spawn(process.execPath, [MAIN, "127.0.0.1:1"]);
  });

  afterEach(() => {
    plugin.kill("SIGKILL");
  });

  async function firstOutput(): Promise<string> {
    const [chunk] = (await once(plugin.stdout, "data")) as [Buffer];
    return chunk.toString();
  }

  it("prints its port first, and nothing else", async () => {
    expect(await firstOutput()).to.match(/^\d+\n$/);
  });

  it("ends when the engine is gone", async () => {
    await firstOutput();

    plugin.stdin.end();

    expect(await once(plugin, "exit")).to.deep.equal([0, null]);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`ends cleanly at ${signal}`, async () => {
      await firstOutput();

      plugin.kill(signal);

      expect(await once(plugin, "exit")).to.deep.equal([0, null]);
    });
  }
});

describe("engineAddressOf", () => {
  it("passes over flags and their values", () => {
    expect(engineAddressOf(["127.0.0.1:1"])).to.equal("127.0.0.1:1");
    expect(engineAddressOf(["-v=9", "--tracing", "file:x", "127.0.0.1:1"])).to.equal("127.0.0.1:1");
    expect(engineAddressOf(["--logtostderr"])).to.equal(undefined);
  });
});
