import { expect } from "chai";
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sandboxPaths, type SandboxPaths } from "../../../sandbox/host/paths.ts";
import { ensureToolchain, inspectToolchain } from "../../../sandbox/toolchain/toolchain.ts";
import type { ToolchainOptions } from "../../../sandbox/toolchain/toolchain.ts";
import { sandboxTools, type ToolSpec } from "../../../sandbox/toolchain/tools.ts";

const plugin: ToolSpec = {
  name: "plugin demo",
  program: "pulumi-resource-demo",
  kind: "plugin",
  version: "4.0.0",
  fits: { from: "4.0.0" },
  standIn: "demo",
};
const engine: ToolSpec = {
  name: "pulumi",
  program: "pulumi",
  kind: "program",
  version: "3.276.0",
  fits: { from: "3.276.0", below: "4.0.0" },
  versionArgs: ["version"],
};
const host: ToolSpec = { ...plugin, name: "host", kind: "program", partOf: engine };

describe("plugins that the machine has already", () => {
  let root: string;
  let paths: SandboxPaths;
  let folder: string;
  let official: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "user-plugins-"));
    paths = sandboxPaths(join(root, "checkout"), { XDG_CACHE_HOME: join(root, "cache") });
    folder = join(paths.pulumiHome, "plugins/resource-demo-v4.0.0");
    official = join(root, "home/.pulumi/plugins/resource-demo-v4.0.0/pulumi-resource-demo");
    await file("checkout/sandbox/plugins/demo/main.ts", "");
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  async function file(path: string, text: string): Promise<string> {
    const full = join(root, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text, { mode: 0o755 });
    return full;
  }

  function options(...tools: ToolSpec[]): ToolchainOptions {
    return {
      paths,
      env: { PATH: `${join(root, "path")}:${join(root, "other")}`, HOME: join(root, "home") },
      node: "/opt/node",
      write: () => undefined,
      terminal: false,
      machine: { os: "linux", arch: "x64" },
      tools,
      run: async ([program]) => ({
        ...{ code: 0, stderr: "", timedOut: false },
        stdout: await readFile(program, "utf8"),
      }),
    };
  }

  const install = async (...tools: ToolSpec[]) => (await ensureToolchain(options(...tools))).at(-1);
  const userPlugin = () =>
    file("home/.pulumi/plugins/resource-demo-v4.0.0/pulumi-resource-demo", "official");

  it("are links in a real folder, since the engine skips a folder that is a link", async () => {
    await userPlugin();

    const tool = await install(plugin);

    expect(tool).to.include({ origin: "linked", path: join(folder, "pulumi-resource-demo") });
    expect((await lstat(folder)).isDirectory()).to.equal(true);
    expect((await lstat(tool?.path ?? "")).isSymbolicLink()).to.equal(true);
    expect(await readFile(tool?.path ?? "", "utf8")).to.equal("official");
  });

  it("are linked again where an earlier version of lab linked the folder", async () => {
    await userPlugin();
    await install(plugin);
    await rm(folder, { recursive: true });
    await symlink(dirname(official), folder);

    const tool = await install(plugin);

    expect(tool?.origin).to.equal("linked");
    expect((await lstat(folder)).isDirectory()).to.equal(true);
    expect(await readFile(official, "utf8")).to.equal("official");
  });

  it("are replaced by a stand-in once the user has removed them", async () => {
    await userPlugin();
    await install(plugin);
    await rm(official);

    const tool = await install(plugin);

    expect(tool?.origin).to.equal("stand-in");
    expect((await lstat(tool?.path ?? "")).isFile()).to.equal(true);
  });

  for (const target of ["a folder that is gone", "the user's own folder"]) {
    it(`do not get a stand-in where the cache links ${target}`, async () => {
      const own = await file("elsewhere/pulumi-resource-demo", "mine");
      await mkdir(dirname(folder), { recursive: true });
      await symlink(target === "the user's own folder" ? dirname(own) : join(root, "gone"), folder);

      const tool = await install(plugin);

      expect(tool?.origin).to.equal("stand-in");
      expect((await lstat(folder)).isDirectory()).to.equal(true);
      expect(await readFile(own, "utf8")).to.equal("mine");
    });
  }

  it("are there for doctor before they are linked", async () => {
    await userPlugin();

    const [report] = await inspectToolchain(options(plugin));

    expect(report?.tool).to.deep.equal({
      name: "plugin demo",
      path: official,
      version: "4.0.0",
      origin: "linked",
    });
    expect(await lstat(folder).catch(() => "nothing")).to.equal("nothing");
  });

  it("are missing for doctor in another version", async () => {
    await file("home/.pulumi/plugins/resource-demo-v4.0.1/pulumi-resource-demo", "official");

    expect((await inspectToolchain(options(plugin)))[0]?.tool).to.equal(undefined);
  });

  it("have a language host only beside the engine that is used", async () => {
    const own = await file("path/pulumi-resource-demo", "");
    await file("path/pulumi", "v3.276.0");
    expect(await install(engine, host)).to.include({ origin: "path", path: own });

    await file("path/pulumi", "v3.200.0");
    await file("other/pulumi", "v3.277.0");
    expect(await install(engine, host)).to.include({ origin: "stand-in" });

    const other = await file("other/pulumi-resource-demo", "");
    expect(await install(engine, host)).to.include({ origin: "path", path: other });
  });

  it("get the user's engine beside the language host that is installed for it", async () => {
    const own = await file("path/pulumi", "v3.277.0");
    const placed = join(paths.binDir, "pulumi");

    const tool = await install(engine, host);

    expect(dirname(tool?.path ?? "")).to.equal(paths.binDir);
    expect(await readFile(placed, "utf8")).to.equal("v3.277.0");
    expect((await lstat(placed)).isSymbolicLink(), "the engine resolves links").to.equal(false);
    expect((await lstat(placed)).ino).to.equal((await lstat(own)).ino);

    await rm(own);
    await file("path/pulumi", "v3.278.0, an update");
    await install(engine, host);
    expect(await readFile(placed, "utf8")).to.equal("v3.278.0, an update");

    await file("path/pulumi-resource-demo", "");
    await install(engine, host);
    expect(await readdir(paths.binDir)).to.deep.equal([]);
  });

  it("are not hidden by an older engine in the cache folder", async () => {
    await file("path/pulumi", "v3.277.0");
    await file("path/pulumi-resource-demo", "");
    await file("cache/sock-shop-incident/bin/pulumi", "v3.200.0");

    expect(await install(engine, host)).to.include({ origin: "path" });

    expect(await readdir(paths.binDir)).to.deep.equal([]);
  });

  it("have a language host where a link on PATH leads to the engine alone", async () => {
    const real = await file("opt/pulumi", "v3.276.0");
    const realHost = await file("opt/pulumi-resource-demo", "");
    await mkdir(join(root, "path"), { recursive: true });
    await symlink(real, join(root, "path/pulumi"));

    expect(await install(engine, host)).to.include({ origin: "path", path: realHost });
  });

  it("have a language host beside the engine that a link leads to", async () => {
    const real = await file("opt/pulumi", "v3.276.0");
    const realHost = await file("opt/pulumi-resource-demo", "");
    await mkdir(join(root, "path"), { recursive: true });
    await mkdir(join(root, "other"), { recursive: true });
    await symlink(real, join(root, "path/pulumi"));
    await symlink(realHost, join(root, "other/pulumi-resource-demo"));

    expect((await install(engine, host))?.origin).to.equal("path");
  });

  it("are tied to the engine in the table of tools", () => {
    const tied = sandboxTools.filter(({ partOf }) => partOf !== undefined);

    expect(tied.map(({ name, partOf }) => [name, partOf?.name])).to.deep.equal([
      ["language-nodejs", "pulumi"],
    ]);
  });
});
