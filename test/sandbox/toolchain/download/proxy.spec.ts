import { expect } from "chai";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fetchText } from "../../../../sandbox/toolchain/download/download.ts";
import { Hosts } from "../../../../sandbox/toolchain/download/reachable-hosts.ts";
import { proxyOf } from "../../../../sandbox/toolchain/download/proxy.ts";
import { fileServer, serve, type FileServer } from "./file-server.ts";

describe("the proxy of the environment", () => {
  it("is undefined where the variables are missing or empty", () => {
    expect(proxyOf({})).to.equal(undefined);
    expect(proxyOf({ HTTPS_PROXY: "", NO_PROXY: "localhost" })).to.equal(undefined);
  });

  it("is what the lower-case or upper-case variable names, lower case first", () => {
    const env = { https_proxy: "http://small:1", HTTPS_PROXY: "http://big:1", NO_PROXY: "a,b" };

    expect(proxyOf(env)).to.deep.equal({
      httpProxy: undefined,
      httpsProxy: "http://small:1",
      noProxy: "a,b",
    });
  });

  it("is used for https, too, where only one for http is named", () => {
    expect(proxyOf({ HTTP_PROXY: "http://one:1" })?.httpsProxy).to.equal("http://one:1");
  });
});

describe("a download through a proxy", () => {
  let files: FileServer;
  let proxy: Server;
  let asked: string[];

  beforeEach(async () => {
    files = await fileServer({ "/tool": serve("the program") });
    asked = [];
    proxy = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end("from the proxy");
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  });

  afterEach(async () => {
    await files.close();
    proxy.closeAllConnections();
    proxy.close();
  });

  const address = () => `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

  const network = (noProxy?: string) => ({
    hosts: new Hosts(),
    proxy: { httpProxy: address(), httpsProxy: address(), noProxy },
  });

  it("reaches hosts that only the proxy can reach", async () => {
    const text = await fetchText("http://downloads.invalid/tool", network());

    expect([text, asked]).to.deep.equal(["from the proxy", ["http://downloads.invalid/tool"]]);
  });

  it("bypasses the proxy for the hosts of no_proxy", async () => {
    const text = await fetchText(files.url("/tool"), network("127.0.0.1"));

    expect([text, asked]).to.deep.equal(["the program", []]);
  });

  it("says that the proxy cannot be reached", async () => {
    const dead = address();
    await new Promise((resolve) => proxy.close(resolve));
    const proxied = { httpProxy: dead, httpsProxy: dead, noProxy: undefined };

    const failure = await fetchText("http://downloads.invalid/tool", {
      hosts: new Hosts(),
      proxy: proxied,
    }).catch((error: unknown) => (error as Error).message);

    expect(failure).to.match(/^http:\/\/downloads\.invalid\/tool: .*ECONNREFUSED/);
  });
});
