import { expect } from "chai";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { run } from "../../../sandbox/host/run-command.ts";
import { withDirectLoopback } from "../../../sandbox/host/direct-loopback.ts";

const proxy = "http://10.0.0.1:3128";

describe("an environment with direct loopback", () => {
  for (const name of ["http_proxy", "HTTPS_PROXY", "all_proxy", "grpc_proxy", "Http_Proxy"]) {
    it(`is completed where ${name} is set`, () => {
      expect(withDirectLoopback({ A: "1", [name]: proxy })).to.deep.equal({
        A: "1",
        [name]: proxy,
        NO_PROXY: "127.0.0.1,localhost,::1",
        no_proxy: "127.0.0.1,localhost,::1",
      });
    });
  }

  it("is the user's own where no proxy is set", () => {
    for (const env of [{ A: "1" }, { http_proxy: "", no_proxy: "a" }, { no_proxy: "*" }]) {
      expect(withDirectLoopback(env)).to.equal(env);
    }
  });

  for (const [given, upper, lower] of [
    [{ no_proxy: "a, b" }, "a,b,127.0.0.1,localhost,::1", "a,b,127.0.0.1,localhost,::1"],
    [{ NO_PROXY: "a" }, "a,127.0.0.1,localhost,::1", "a,127.0.0.1,localhost,::1"],
    [{ NO_PROXY: "a", no_proxy: "b" }, "a,127.0.0.1,localhost,::1", "b,127.0.0.1,localhost,::1"],
    [{ no_proxy: "localhost,," }, "localhost,127.0.0.1,::1", "localhost,127.0.0.1,::1"],
    [{ NO_PROXY: "", no_proxy: "b" }, "b,127.0.0.1,localhost,::1", "b,127.0.0.1,localhost,::1"],
  ] as const) {
    it(`keeps what ${JSON.stringify(given)} says of other hosts`, () => {
      const env = withDirectLoopback({ https_proxy: proxy, ...given });

      expect([env["NO_PROXY"], env["no_proxy"]]).to.deep.equal([upper, lower]);
    });
  }

  it("completes gRPC's own list only where there is one", () => {
    const given = { http_proxy: proxy, no_grpc_proxy: "a" };

    expect(withDirectLoopback(given)["no_grpc_proxy"]).to.equal("a,127.0.0.1,localhost,::1");
  });

  it("has no proxy left where none is to be used for anything", () => {
    expect(
      withDirectLoopback({ http_proxy: proxy, HTTPS_PROXY: proxy, no_proxy: " * " }),
    ).to.deep.equal({
      http_proxy: undefined,
      HTTPS_PROXY: undefined,
      no_proxy: " * ",
    });
  });
});

/** Programs that ask a server on this machine, in the ways that the sandbox's programs do. */
const programs = {
  "grpc-js": (port: number) => [
    process.execPath,
    ...["--input-type=module", "-e"],
    `import grpc from "@grpc/grpc-js";
     const client = new grpc.Client("127.0.0.1:${port}", grpc.credentials.createInsecure());
     client.waitForReady(Date.now() + 1000, () => process.exit());`,
  ],
  "Node's fetch": (port: number) => [
    process.execPath,
    "-e",
    `fetch("http://localhost:${port}/", { signal: AbortSignal.timeout(2000) }).then(() => process.exit(), () => process.exit(1))`,
  ],
  Python: (port: number) => [
    "python3",
    "-c",
    `import urllib.request as r; r.urlopen("http://127.0.0.1:${port}/", timeout=3)`,
  ],
  curl: (port: number) => ["curl", "-s", "-m", "3", `http://localhost:${port}/`],
} as const;

describe("a proxy in the environment", () => {
  let asked = 0;
  let servers: Server[];
  let proxyUrl: string;
  let port: number;

  before(async () => {
    const server = createServer((_, response) => response.end("{}"));
    const counting = createServer((_, response) => response.end());
    counting.on("connection", () => (asked += 1));
    servers = [server, counting];
    const ports = await Promise.all(servers.map(listening));
    port = ports[0] ?? 0;
    proxyUrl = `http://127.0.0.1:${ports[1] ?? 0}`;
  });

  after(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  const variables = () => ({
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    NODE_USE_ENV_PROXY: "1",
    http_proxy: proxyUrl,
    https_proxy: proxyUrl,
    grpc_proxy: proxyUrl,
  });

  async function requests(program: readonly string[], env: Record<string, string | undefined>) {
    asked = 0;
    const [file = "", ...args] = program;
    const { code, timedOut } = await run([file, ...args], { env, timeoutMs: 15_000 });
    return { asked, missing: code === undefined && !timedOut };
  }

  for (const [name, program] of Object.entries(programs)) {
    it(`is not asked by ${name} for this machine, and would be without the completion`, async function () {
      this.timeout(60_000);
      const without = await requests(program(port), variables());
      if (without.missing) {
        console.log(`      not tried: ${name} is not there`);
        return this.skip();
      }
      expect(without.asked, "negative control").to.be.greaterThan(0);

      for (const own of [{}, { no_proxy: "example.com" }, { NO_PROXY: "a" }, { no_proxy: "*" }]) {
        const env = withDirectLoopback({ ...variables(), ...own });
        expect((await requests(program(port), env)).asked, JSON.stringify(own)).to.equal(0);
      }
    });
  }
});

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}
