import { expect } from "chai";
import { sandboxPaths } from "../../../sandbox/host/paths.ts";

describe("sandboxPaths", () => {
  it("keeps the state in the checkout and what can be fetched again in the user's cache", () => {
    expect(sandboxPaths("/src/shop", { HOME: "/home/ann" })).to.deep.equal({
      root: "/src/shop",
      stateDir: "/src/shop/.sandbox",
      agentDir: "/src/shop/.sandbox/agent",
      backendDir: "/src/shop/.sandbox/backend",
      kubeconfig: "/src/shop/.sandbox/kubeconfig",
      kwokDir: "/src/shop/.sandbox/kwok",
      datadogDir: "/src/shop/.sandbox/datadog",
      runDir: "/src/shop/.sandbox/run",
      logsDir: "/src/shop/.sandbox/logs",
      cacheDir: "/home/ann/.cache/sock-shop-incident",
      binDir: "/home/ann/.cache/sock-shop-incident/bin",
      pulumiHome: "/home/ann/.cache/sock-shop-incident/pulumi-home",
      nodeDir: "/home/ann/.cache/sock-shop-incident/node",
    });
  });

  it("prefers XDG_CACHE_HOME to the home folder", () => {
    const { cacheDir } = sandboxPaths("/s", { XDG_CACHE_HOME: "/big/cache", HOME: "/home/ann" });

    expect(cacheDir).to.equal("/big/cache/sock-shop-incident");
  });

  it("ignores an XDG_CACHE_HOME that is empty or relative", () => {
    for (const ignored of ["", "cache"]) {
      const { cacheDir } = sandboxPaths("/s", { XDG_CACHE_HOME: ignored, HOME: "/home/ann" });

      expect(cacheDir).to.equal("/home/ann/.cache/sock-shop-incident");
    }
  });

  it("refuses an environment without any absolute folder", () => {
    expect(() => sandboxPaths("/s", { XDG_CACHE_HOME: "x" })).to.throw(
      'XDG_CACHE_HOME is "x" and HOME is ""; set one of them to an absolute path',
    );
  });
});
