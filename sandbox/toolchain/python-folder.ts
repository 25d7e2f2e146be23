import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { SandboxPaths } from "../paths.ts";

/** The pinned packages. */
export function requirementsFile({ root }: Pick<SandboxPaths, "root">): string {
  return join(root, "sandbox", "toolchain", "python", "requirements.txt");
}

/** Folder of the virtual environment with exactly these packages; its programs are in `bin`. */
export async function pythonFolder(
  paths: Pick<SandboxPaths, "root" | "cacheDir">,
): Promise<string> {
  const hash = createHash("sha256")
    .update(await readFile(requirementsFile(paths)))
    .digest("hex");
  return join(paths.cacheDir, `python-${hash.slice(0, 12)}`);
}
