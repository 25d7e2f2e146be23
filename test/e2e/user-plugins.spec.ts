// Proves that the real engine takes provider plugins from the user's own Pulumi home by way of the
// cache folder, also where that has a broken link in place of one, and that an engine on PATH without
// a language host takes ours without a warning. Does not prove it for official plugins: these are the
// stand-ins' executables, put where the user's own would be.
import { chmodSync, copyFileSync, cpSync, lstatSync, mkdirSync, mkdtempSync } from "node:fs";
import { readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { sandboxPaths } from "../../sandbox/host/paths.ts";
import { sandboxTools } from "../../sandbox/toolchain/tools.ts";
import { cachedPath } from "../../sandbox/toolchain/install/install-record.ts";
import { copyCheckout, type SandboxCopy } from "../support/sandbox/sandbox-copy.ts";

const plugins = sandboxTools.filter(({ kind }) => kind === "plugin");

describe("lab with plugins in the user's own Pulumi home", () => {
  const names = ["HOME", "PATH", "XDG_CACHE_HOME"] as const;
  const outside = names.map((name) => [name, process.env[name]] as const);
  const root = mkdtempSync(join(tmpdir(), "user-home-"));
  const home = join(root, "home");
  const shared = sandboxPaths(root, process.env);
  const own = sandboxPaths(root, { XDG_CACHE_HOME: join(root, "cache") });
  let copy: SandboxCopy;

  before(async () => {
    // all tools but the engine and the plugins are those of the cache that is there
    mkdirSync(own.binDir, { recursive: true });
    mkdirSync(join(root, "engine"));
    copyFileSync(join(shared.binDir, "pulumi"), join(root, "engine", "pulumi"));
    for (const file of readdirSync(shared.binDir).filter((name) => name !== "pulumi")) {
      symlinkSync(join(shared.binDir, file), join(own.binDir, file));
    }
    for (const entry of readdirSync(shared.cacheDir)) {
      if (!["bin", "pulumi-home", "stamps"].includes(entry)) {
        symlinkSync(join(shared.cacheDir, entry), join(own.cacheDir, entry));
      }
    }
    const filter = (source: string) => !/pulumi-resource-|pulumi\.json$/.test(source);
    cpSync(join(shared.cacheDir, "stamps"), join(own.cacheDir, "stamps"), {
      recursive: true,
      filter,
    });
    for (const plugin of plugins) {
      const target = cachedPath(plugin, { ...own, pulumiHome: join(home, ".pulumi") });
      cpSync(cachedPath(plugin, shared), target);
      chmodSync(target, 0o755);
    }
    mkdirSync(join(own.pulumiHome, "plugins"), { recursive: true });
    const [first] = plugins;
    if (first) symlinkSync(join(root, "gone"), join(cachedPath(first, own), ".."));
    const path = `${join(root, "engine")}:${process.env["PATH"] ?? ""}`;
    Object.assign(process.env, { HOME: home, PATH: path, XDG_CACHE_HOME: join(root, "cache") });
    copy = await copyCheckout();
  });

  after(async () => {
    await copy.end();
    for (const [name, value] of outside) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    rmSync(root, { recursive: true });
  });

  it("finds them by doctor before anything is linked", async () => {
    const { stdout } = await copy.lab("doctor");

    expect(stdout).to.contain(`${join(root, "engine", "pulumi")} (on PATH)`);
    for (const plugin of plugins) {
      expect(stdout).to.contain(cachedPath(plugin, { ...own, pulumiHome: join(home, ".pulumi") }));
    }
  });

  it("deploys with them", async () => {
    const { code, stderr, stdout } = await copy.lab("up");

    expect(code, stderr + stdout).to.equal(0);
    expect(stderr + stdout).not.to.contain("from $PATH");
    for (const plugin of plugins) {
      const file = cachedPath(plugin, own);
      expect(lstatSync(join(file, "..")).isDirectory()).to.equal(true);
      expect(lstatSync(file).isSymbolicLink()).to.equal(true);
    }
  });
});
