import { expect } from "chai";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sandboxPaths } from "../../../../sandbox/host/paths.ts";
import type { Run, RunResult } from "../../../../sandbox/host/run-command.ts";
import {
  ensurePython,
  pipFailure,
  type PythonContext,
} from "../../../../sandbox/toolchain/python/python.ts";

describe("the Python tools", () => {
  let root: string;
  let context: PythonContext;
  let commands: string[];
  let failing: { text: string; result: Partial<RunResult> } | undefined;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "python-"));
    commands = [];
    failing = undefined;
    const paths = sandboxPaths(join(root, "checkout"), { XDG_CACHE_HOME: join(root, "cache") });
    context = { paths, env: { PATH: join(root, "path") }, run };
    await file("checkout/sandbox/toolchain/python/load.txt", "locust==2.47.0\n");
  });

  afterEach(() => rm(root, { recursive: true }));

  /** Interpreters are files that hold their version. */
  const run: Run = async (command) => {
    const line = command.join(" ").replaceAll(root, "<ROOT_DIR>");
    commands.push(line.replace(/python-load-[0-9a-f]{12}/, "python-load-<HASH>"));
    const fine = { code: 0, stdout: "", stderr: "", timedOut: false };
    if (failing && line.includes(failing.text)) return { ...fine, code: 1, ...failing.result };
    const folder = /-m venv (\S+)$/.exec(command.join(" "))?.[1];
    if (folder !== undefined) await mkdir(join(folder, "bin"), { recursive: true });
    const asked = command[1] === "--version";
    return asked ? { ...fine, stdout: await readFile(command[0], "utf8") } : fine;
  };

  async function file(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
    await chmod(join(root, path), 0o755);
  }

  const failure = (): Promise<string> =>
    ensurePython("load", context, () => undefined).then(
      () => "no error",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );

  it("are installed once, with checksums, into an environment of their own", async () => {
    await file("path/python3", "Python 3.11.0");

    const bin = await ensurePython("load", context, () => undefined);
    expect(await ensurePython("load", context, () => undefined)).to.equal(bin);

    expect(commands).to.deep.equal([
      "<ROOT_DIR>/path/python3 --version",
      "<ROOT_DIR>/path/python3 -m venv <ROOT_DIR>/cache/sock-shop-incident/python-load-<HASH>",
      "<ROOT_DIR>/cache/sock-shop-incident/python-load-<HASH>/bin/python -m pip install " +
        "--disable-pip-version-check --require-hashes -r " +
        "<ROOT_DIR>/checkout/sandbox/toolchain/python/load.txt",
    ]);
  });

  it("are installed again after an interruption", async () => {
    await file("path/python3", "Python 3.12.1");
    failing = { text: "-m pip", result: { stderr: "ERROR: connection broke\n" } };
    await failure();
    failing = undefined;

    expect(await failure()).to.equal("no error");
  });

  it("take a newer interpreter beside an old python3", async () => {
    await file("path/python3", "Python 3.10.12");
    await file("path/python3.12", "Python 3.12.1");

    await ensurePython("load", context, () => undefined);

    expect(commands.at(-2)).to.match(/^<ROOT_DIR>\/path\/python3\.12 -m venv /);
  });

  it("refuse a machine without Python, and with an old one only", async () => {
    expect(await failure()).to.equal(
      "no python3 on PATH; locust and Envoy need Python >= 3.11.0: install it",
    );

    await file("path/python3", "Python 3.10.12");

    expect(await failure()).to.equal(
      `${root}/path/python3 is 3.10.12; locust and Envoy need Python >= 3.11.0: install it`,
    );
    expect(await readdir(root)).not.to.include("python-");
  });

  it("name the missing package where Python comes without venv", async () => {
    await file("path/python3", "Python 3.11.0");
    failing = { text: "-m venv", result: { stdout: "ensurepip is not available\n" } };

    expect(await failure()).to.equal(
      `${root}/path/python3 -m venv failed: ensurepip is not available; ` +
        "Debian and Ubuntu need the package python3-venv",
    );
  });
});

describe("the Python of log pipelines", () => {
  it("is one that pyvrl is published for", async () => {
    const root = await mkdtemp(join(tmpdir(), "python-"));
    const paths = sandboxPaths(root, { XDG_CACHE_HOME: join(root, "cache") });
    const pins = join(root, "sandbox", "toolchain", "python");
    await mkdir(pins, { recursive: true });
    await writeFile(join(pins, "vrl.txt"), "pyvrl==0.0.2\n");
    await writeFile(join(root, "python3"), "");
    await chmod(join(root, "python3"), 0o755);
    const run: Run = () =>
      Promise.resolve({ code: 0, stdout: "Python 3.13.0", stderr: "", timedOut: false });
    const context = { paths, env: { PATH: root }, run };

    const failure = await ensurePython("vrl", context, () => undefined).catch(String);

    expect(failure).to.equal(
      `Error: ${root}/python3 is 3.13.0; log pipelines need Python >= 3.11.0 < 3.13.0: install it`,
    );
    await rm(root, { recursive: true });
  });
});

describe("pipFailure", () => {
  const result = { code: 1, stdout: "", stderr: "", timedOut: false };

  it("is pip's first error", () => {
    const stderr = "WARNING: x\nERROR: No matching distribution found for a\nERROR: b\n";

    expect(pipFailure({ ...result, stderr })).to.equal("No matching distribution found for a");
  });

  it("is the time limit when it did not end", () => {
    expect(pipFailure({ ...result, timedOut: true })).to.equal("not finished after 10 minutes");
  });
});
