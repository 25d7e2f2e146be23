import { expect } from "chai";
import { createHash } from "node:crypto";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sandboxPaths, type SandboxPaths } from "../../../sandbox/host/paths.ts";
import type { Run } from "../../../sandbox/host/run-command.ts";
import {
  ensureToolchain,
  inspectToolchain,
  type ToolchainOptions,
} from "../../../sandbox/toolchain/toolchain.ts";
import { fileServer, serve, type FileServer } from "./download/file-server.ts";

describe("a downloaded tool", () => {
  let root: string;
  let paths: SandboxPaths;
  let server: FileServer;
  let options: ToolchainOptions;
  let program: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "integrity-"));
    paths = sandboxPaths(join(root, "checkout"), { XDG_CACHE_HOME: join(root, "cache") });
    program = join(paths.binDir, "tool");
    server = await fileServer({ "/tool": serve("1.4.0") });
    // a program is a file that holds its version
    const run: Run = async ([file]) => ({
      code: 0,
      stdout: await readFile(file, "utf8"),
      stderr: "",
      timedOut: false,
    });
    const tool = {
      name: "tool",
      program: "tool",
      kind: "program",
      version: "1.4.0",
      fits: { from: "1.2.0", below: "2.0.0" },
      versionArgs: ["--version"],
      download: () => ({ urls: [server.url("/tool")], checksums: [] }),
    } as const;
    options = {
      paths,
      env: { PATH: join(root, "path") },
      node: process.execPath,
      write: () => undefined,
      terminal: false,
      machine: { os: "linux", arch: "x64" },
      tools: [tool],
      run,
    };
  });

  afterEach(async () => {
    await server.close();
    await rm(root, { recursive: true });
  });

  it("is installed again when it was exchanged for one of the same size", async () => {
    await ensureToolchain(options);
    await writeFile(program, "6.6.6");
    await ensureToolchain(options);

    expect(await readFile(program, "utf8")).to.equal("1.4.0");
  });

  it("is kept when it was touched, but not changed", async () => {
    await ensureToolchain(options);
    const record = join(paths.cacheDir, "stamps", "tool.json");
    const before = await readFile(record, "utf8");
    await chmod(program, 0o700);

    const [found] = await inspectToolchain(options);

    expect(found?.tool?.origin).to.equal("download");
    expect(await readFile(record, "utf8")).not.to.equal(before);
  });

  it("is compared with its pin, and not with what its server says", async () => {
    const pinned = (sha256: string) => ({ [server.url("/tool")]: sha256 });
    const wrong = "0".repeat(64);
    const right = createHash("sha256").update("1.4.0").digest("hex");

    const error = await ensureToolchain({ ...options, pinned: pinned(wrong) }).catch(String);
    await ensureToolchain({ ...options, pinned: pinned(right) });

    expect(error).to.include(`checksum of ${server.url("/tool")} is ${right}, expected ${wrong}`);
    expect(await readFile(program, "utf8")).to.equal("1.4.0");
  });
});
