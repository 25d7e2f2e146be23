import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { shimText } from "../../../sandbox/toolchain/stand-in.ts";

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
