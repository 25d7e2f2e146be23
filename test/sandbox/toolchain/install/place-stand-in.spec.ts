import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { sandboxPaths } from "../../../../sandbox/host/paths.ts";
import { Hosts } from "../../../../sandbox/toolchain/download/reachable-hosts.ts";
import type { InstallContext } from "../../../../sandbox/toolchain/install/install-context.ts";
import { cachedPath } from "../../../../sandbox/toolchain/install/install-record.ts";
import { placeStandIn, shimText } from "../../../../sandbox/toolchain/install/place-stand-in.ts";
import { sandboxTools } from "../../../../sandbox/toolchain/tools.ts";

describe("shim of a stand-in", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "it's a shim-"));
    for (const checkout of ["one", "two"]) {
      const plugin = join(folder, checkout, "sandbox", "plugins", "datadog");
      mkdirSync(plugin, { recursive: true });
      writeFileSync(join(plugin, "..", "strip-cache.js"), "");
      writeFileSync(join(plugin, "main.ts"), `console.log("${checkout}", process.argv[2]);`);
    }
    writeFileSync(join(folder, "shim"), shimText(process.execPath, join(folder, "one"), "datadog"));
    chmodSync(join(folder, "shim"), 0o755);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("is written once, so that a cache folder may be read-only from then on", async () => {
    const paths = sandboxPaths(join(folder, "one"), { XDG_CACHE_HOME: join(folder, "cache") });
    const context: InstallContext = {
      paths,
      env: {},
      node: process.execPath,
      platform: undefined,
      run: () => Promise.reject(new Error("runs nothing")),
      network: { hosts: new Hosts() },
    };
    const spec = sandboxTools.find(({ name }) => name === "plugin datadog");
    if (spec === undefined) throw new Error("no such tool");
    const written = () =>
      [cachedPath(spec, paths), join(paths.cacheDir, "stamps", `${spec.program}.json`)].map(
        (file) => statSync(file).ino,
      );

    await placeStandIn(spec, "datadog", context);
    const first = written();
    await placeStandIn(spec, "datadog", context);

    expect(written()).to.deep.equal(first);
  });

  /** What the shim's stand-in prints. */
  function output(env: NodeJS.ProcessEnv): string {
    return execFileSync(join(folder, "shim"), ["127.0.0.1:9"], { env, encoding: "utf8" });
  }

  it("runs the stand-in of the checkout that placed it", () => {
    expect(output({})).to.equal("one 127.0.0.1:9\n");
  });

  it("runs the stand-in of the checkout that the environment names", () => {
    expect(output({ SOCK_SHOP_ROOT: join(folder, "two") })).to.equal("two 127.0.0.1:9\n");
  });
});
