import { rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { lastWords, type RunResult } from "../../host/run-command.ts";
import { describeCacheError, isCacheError } from "../install/cache-error.ts";
import { executables, versionOf } from "../find-tool.ts";
import { withLock } from "../install/lock.ts";
import { pythonFolder, requirementsFile, type PythonTools } from "./python-folder.ts";
import type { InstallContext } from "../install/install-context.ts";
import { fits, rangeText, type VersionRange } from "../version.ts";

/** What the Python tools are installed with. */
export type PythonContext = Pick<InstallContext, "paths" | "env" | "run">;

/** pyvrl is published for these interpreters only; from its sources it would need Rust. */
const interpreters: Record<PythonTools, VersionRange> = {
  load: { from: "3.11.0" },
  vrl: { from: "3.11.0", below: "3.13.0" },
};
const installTimeoutMs = 10 * 60_000;

/**
 * Installs a set of Python tools exactly as pinned, with checksums. Not every run needs them, so they
 * are not part of `ensureToolchain`.
 *
 * @param onProgress called with a few words about the current step
 * @returns folder of their executables
 * @throws a one-line message with the remedy
 */
export async function ensurePython(
  tools: PythonTools,
  context: PythonContext,
  onProgress: (words: string) => void,
): Promise<string> {
  const { cacheDir } = context.paths;
  const folder = await pythonFolder(tools, context.paths);
  const bin = join(folder, "bin");
  if (await isComplete(folder)) return bin;
  const python = await findPython(tools, context);
  const onWait = (pid: number): void => {
    onProgress(`waiting for another run (pid ${pid}) that installs tools …`);
  };
  try {
    await withLock(cacheDir, onWait, async () => {
      if (await isComplete(folder)) return;
      onProgress(`installing the Python tools (${tools}) …`);
      await install(python, folder, requirementsFile(tools, context.paths), context);
    });
  } catch (error) {
    throw isCacheError(error) ? describeCacheError(error, cacheDir) : error;
  }
  return bin;
}

/** Whether a set of Python tools is installed, and where; for `lab doctor`. */
export async function inspectPython(
  tools: PythonTools,
  paths: PythonContext["paths"],
): Promise<{ readonly folder: string; readonly ready: boolean }> {
  const folder = await pythonFolder(tools, paths);
  return { folder, ready: await isComplete(folder) };
}

async function install(
  python: string,
  folder: string,
  requirements: string,
  { env, run }: PythonContext,
): Promise<void> {
  const options = { env, timeoutMs: installTimeoutMs };
  // a virtual environment cannot be moved, so an unfinished one is created again
  await rm(folder, { recursive: true, force: true });
  const venv = await run([python, "-m", "venv", folder], options);
  if (venv.code !== 0) {
    const remedy = "Debian and Ubuntu need the package python3-venv";
    throw new Error(`${python} -m venv failed: ${lastWords(venv)}; ${remedy}`);
  }
  const pip = join(folder, "bin", "python");
  const args = ["-m", "pip", "install", "--disable-pip-version-check", "--require-hashes"];
  const installed = await run([pip, ...args, "-r", requirements], options);
  if (installed.code !== 0) {
    throw new Error(`pip cannot install the Python tools: ${pipFailure(installed)}`);
  }
  await writeFile(join(folder, "complete"), "");
}

/** The line of pip's output that names the cause. */
export function pipFailure(result: RunResult): string {
  if (result.timedOut) return `not finished after ${installTimeoutMs / 60_000} minutes`;
  const cause = result.stderr.split("\n").find((line) => line.startsWith("ERROR: "));
  return cause?.slice("ERROR: ".length).trim() ?? lastWords(result);
}

async function findPython(tools: PythonTools, { paths, env, run }: PythonContext): Promise<string> {
  const wanted = interpreters[tools];
  const found: string[] = [];
  for (const name of ["python3", "python3.14", "python3.13", "python3.12", "python3.11"]) {
    for (const path of await executables(name, env["PATH"] ?? "", paths.binDir)) {
      const version = await versionOf(path, ["--version"], { paths, env, run });
      if (version !== undefined && fits(version, wanted)) return path;
      found.push(`${path} is ${version ?? "a Python that prints no version"}`);
    }
  }
  const what = found.length === 0 ? "no python3 on PATH" : found.join(", ");
  const names = { load: "locust and Envoy need", vrl: "log pipelines need" };
  throw new Error(`${what}; ${names[tools]} Python ${rangeText(wanted)}: install it`);
}

async function isComplete(folder: string): Promise<boolean> {
  return await stat(join(folder, "complete")).then(
    () => true,
    () => false,
  );
}
