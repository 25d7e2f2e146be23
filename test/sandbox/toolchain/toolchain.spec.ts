import { expect } from "chai";
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sandboxPaths, type SandboxPaths } from "../../../sandbox/host/paths.ts";
import type { Run, RunResult } from "../../../sandbox/host/run-command.ts";
import { ensureToolchain, inspectToolchain } from "../../../sandbox/toolchain/toolchain.ts";
import type { ToolchainOptions } from "../../../sandbox/toolchain/toolchain.ts";
import type { ToolSpec } from "../../../sandbox/toolchain/tools.ts";
import { fileServer, serve, type FileServer } from "./download/file-server.ts";

const build = { module: "kwok", package: "example.test/tool", variables: {} } as const;
const tool: ToolSpec = {
  name: "tool",
  program: "tool",
  kind: "program",
  version: "1.4.0",
  fits: { from: "1.2.0", below: "2.0.0" },
  versionArgs: ["--version"],
};
const plugin: ToolSpec = {
  name: "plugin demo",
  program: "pulumi-resource-demo",
  kind: "plugin",
  version: "4.0.0",
  fits: { from: "4.0.0" },
  standIn: "demo",
};

describe("the toolchain", () => {
  let root: string;
  let paths: SandboxPaths;
  let env: Record<string, string>;
  let written: string;
  let commands: string[];
  let goFails: Partial<RunResult> | undefined;
  let server: FileServer;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "toolchain-"));
    paths = sandboxPaths(join(root, "checkout"), { XDG_CACHE_HOME: join(root, "cache") });
    env = { PATH: join(root, "path"), HOME: join(root, "home") };
    written = "";
    commands = [];
    goFails = undefined;
    server = await fileServer({ "/tool": serve("1.4.0") });
  });

  afterEach(async () => {
    await server.close();
    await rm(root, { recursive: true });
  });

  /** Programs are files that hold their version; go writes such a file. */
  const run: Run = async ([program, ...args]) => {
    commands.push([program, ...args].join(" ").replaceAll(root, "<ROOT_DIR>"));
    const fine = { code: 0, stdout: "", stderr: "", timedOut: false };
    const output = args.find((arg) => arg.startsWith("-o="))?.slice(3);
    if (output === undefined) return { ...fine, stdout: await readFile(program, "utf8") };
    if (goFails) return { ...fine, code: 1, ...goFails };
    await writeFile(output, "1.4.0");
    return fine;
  };

  function options(...tools: ToolSpec[]): ToolchainOptions {
    return {
      paths,
      env,
      node: "/opt/node",
      write: (text) => (written += text),
      terminal: false,
      machine: { os: "linux", arch: "x64" },
      tools,
      run,
    };
  }

  async function file(path: string, text: string): Promise<string> {
    const full = join(root, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text);
    await chmod(full, 0o755);
    return full;
  }

  const standIn = (): Promise<string> => file("checkout/sandbox/plugins/demo/main.ts", "");
  const downloadable = (path: string): Pick<ToolSpec, "download"> => ({
    download: () => ({ urls: [server.url(path)], checksums: [] }),
  });
  const failure = (...tools: ToolSpec[]): Promise<string> =>
    ensureToolchain(options(...tools)).then(
      () => "no error",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );

  it("uses an accepted version on PATH, and records nothing but that version", async () => {
    const path = await file("path/tool", "tool v1.3.0");

    expect(await ensureToolchain(options(tool))).to.deep.equal([
      { name: "tool", path, version: "1.3.0", origin: "path" },
    ]);
    expect(written).to.equal("");
    expect(await readdir(paths.cacheDir)).to.deep.equal(["known-versions.json"]);
  });

  it("asks a program for its version once, until it changes", async () => {
    await file("path/tool", "tool v1.3.0");
    await ensureToolchain(options(tool));
    await ensureToolchain(options(tool));
    expect(commands).to.deep.equal(["<ROOT_DIR>/path/tool --version"]);

    await file("path/tool", "tool v1.3.10");

    expect((await ensureToolchain(options(tool)))[0]?.version).to.equal("1.3.10");
  });

  it("downloads a tool that PATH has in another version, and then finds it without the network", async () => {
    await file("path/tool", "1.1.9");
    const spec = { ...tool, ...downloadable("/tool") };
    const expected = [
      { name: "tool", path: join(paths.binDir, "tool"), version: "1.4.0", origin: "download" },
    ];

    expect(await ensureToolchain(options(spec))).to.deep.equal(expected);
    await server.close();
    expect(await ensureToolchain(options(spec))).to.deep.equal(expected);

    expect(written).to.equal("tool 1.4.0: download …\ntool 1.4.0: ready (download)\n");
    expect((await readdir(paths.cacheDir)).sort()).to.deep.equal([
      "bin",
      "known-versions.json",
      "stamps",
    ]);
  });

  it("builds where the download fails, and says so", async () => {
    await file("path/go", "go1.26.8");

    const [built] = await ensureToolchain(options({ ...tool, ...downloadable("/none"), build }));

    expect(built?.origin).to.equal("build");
    expect(written).to.equal(
      "tool 1.4.0: download …\ntool 1.4.0: Go build …\ntool 1.4.0: ready (build)\n",
    );
  });

  it("removes what an interrupted run left unfinished", async () => {
    await file("cache/sock-shop-incident/work/run-abc/half.built", "1.");

    await ensureToolchain(options({ ...tool, ...downloadable("/tool") }));

    expect(await readdir(paths.cacheDir)).not.to.include("work");
  });

  it("installs a cached tool again when it was cut off", async () => {
    const spec = { ...tool, ...downloadable("/tool") };
    await ensureToolchain(options(spec));
    await writeFile(join(paths.binDir, "tool"), "1.4");

    await ensureToolchain(options(spec));

    expect(await readFile(join(paths.binDir, "tool"), "utf8")).to.equal("1.4.0");
  });

  it("installs a cached tool again when another version is wanted", async () => {
    await ensureToolchain(options({ ...tool, ...downloadable("/tool") }));
    const newer = { ...tool, version: "1.5.0", ...downloadable("/tool") };

    expect((await inspectToolchain(options(newer)))[0]?.tool).to.equal(undefined);
  });

  it("says in one line per source why a tool cannot be installed", async () => {
    await file("path/tool", "1.1.9");
    await file("path/go", "go1.26.8");
    goFails = { stderr: "go: downloading a v1\ngo: a@v1: reading proxy: 403 Forbidden\nbye\n" };

    expect(await failure({ ...tool, ...downloadable("/none"), build })).to.equal(
      [
        "cannot install tool 1.4.0:",
        `  PATH: ${root}/path/tool is 1.1.9, but this needs >= 1.2.0 < 2.0.0`,
        `  download: ${server.url("/none")} answers 404`,
        "  Go build: go: a@v1: reading proxy: 403 Forbidden",
      ].join("\n"),
    );
    expect((await readdir(paths.cacheDir)).sort()).to.deep.equal([
      "downloads",
      "known-versions.json",
    ]);
  });

  it("names a full disk as the cause of a failed build", async () => {
    await file("path/go", "go1.26.8");
    goFails = { stderr: "a/b\nwrite $WORK/b1: no space left on device\nexit status 1\n" };

    expect(await failure({ ...tool, build })).to.include(
      "  Go build: write $WORK/b1: no space left on device",
    );
  });

  it("names every tool that cannot be installed, once all others have ended", async () => {
    const fine = { ...tool, name: "fine", program: "fine", ...downloadable("/tool") };
    const other = { ...tool, name: "other", program: "other" };

    expect(await failure(tool, fine, other)).to.equal(
      [
        "cannot install tool 1.4.0:",
        "  PATH: no tool",
        "  download: nothing official for this platform",
        "cannot install other 1.4.0:",
        "  PATH: no other",
        "  download: nothing official for this platform",
      ].join("\n"),
    );
    expect(await readdir(paths.binDir)).to.deep.equal(["fine"]);
  });

  it("refuses a download that is something else", async () => {
    const wrong = { ...tool, version: "2.1.0", fits: { from: "2.0.0" }, ...downloadable("/tool") };

    expect(await failure(wrong)).to.include("  download: got tool 1.4.0 instead of 2.1.0");
    expect((await inspectToolchain(options(wrong)))[0]?.tool).to.equal(undefined);
  });

  it("refuses a cache folder that cannot be written, in one line with the remedy", async () => {
    await file("cache", "a file in the way");

    const message = await failure({ ...tool, ...downloadable("/tool") });

    expect(message).to.match(/^cannot write to the cache folder .*\/sock-shop-incident: /);
    expect(message).to.match(
      /; free disk space there, or set XDG_CACHE_HOME to a writable folder$/,
    );
    expect(message.split("\n")).to.have.length(1);
  });

  it("puts a stand-in where the engine looks for the plugin, and announces it each time", async () => {
    await standIn();
    const path = join(paths.pulumiHome, "plugins/resource-demo-v4.0.0/pulumi-resource-demo");

    const tools = await ensureToolchain(options(plugin));
    written = "";
    await ensureToolchain(options(plugin));

    expect(tools).to.deep.equal([
      { name: "plugin demo", path, version: "4.0.0", origin: "stand-in" },
    ]);
    expect(written).to.equal("plugin demo: a stand-in of this repository, not the official one\n");
  });

  it("tries the download again where a stand-in was placed, but only if asked to", async () => {
    await standIn();
    await ensureToolchain(options(plugin));
    const published = options({ ...plugin, ...downloadable("/tool") });
    expect((await ensureToolchain(published))[0]?.origin).to.equal("stand-in");
    const [installed] = await ensureToolchain({ ...published, retryStandIns: true });
    expect(installed?.origin).to.equal("download");
  });

  it("prefers the plugin that the user's own Pulumi has, even after a stand-in", async () => {
    await standIn();
    await ensureToolchain(options(plugin));
    const official = ".pulumi/plugins/resource-demo-v4.0.0/pulumi-resource-demo";
    await file(join("home", official), "official");

    const [found] = await ensureToolchain(options(plugin));

    expect(found?.origin).to.equal("linked");
    expect(await readFile(found?.path ?? "", "utf8")).to.equal("official");
  });

  it("removes a stand-in that would hide the real one on PATH", async () => {
    await standIn();
    const host: ToolSpec = { ...plugin, kind: "program" };
    await ensureToolchain(options(host));
    const shim = join(paths.binDir, "pulumi-resource-demo");
    expect((await lstat(shim)).isFile()).to.equal(true);
    await file("path/pulumi-resource-demo", "official");

    const [found] = await ensureToolchain(options(host));

    expect(found?.origin).to.equal("path");
    expect(await lstat(shim).catch(String)).to.include("ENOENT");
  });

  it("refuses a stand-in that this checkout does not have", async () => {
    expect(await failure(plugin)).to.include(
      `  stand-in: no ${join(paths.root, "sandbox/plugins/demo/main.ts")}`,
    );
  });

  it("is inspected without changing anything", async () => {
    const [report] = await inspectToolchain(options({ ...tool, ...downloadable("/tool") }));

    expect(report?.tool).to.equal(undefined);
    expect(report?.reasons).to.deep.equal(["PATH: no tool"]);
    expect(await readdir(root)).to.deep.equal([]);
    expect(server.requests).to.deep.equal([]);
  });
});
