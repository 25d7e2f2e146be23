import { existsSync } from "node:fs";
import { join } from "node:path";
import { sandboxPaths } from "../../../sandbox/host/paths.ts";
import { pythonFolder } from "../../../sandbox/toolchain/python/python-folder.ts";

/** A real program of the sandbox's Python tools; undefined, with a printed reason, if it is away. */
export async function pythonTool(name: "envoy" | "locust"): Promise<string | undefined> {
  const paths = sandboxPaths(join(import.meta.dirname, "..", "..", ".."), process.env);
  const path = join(await pythonFolder("load", paths), "bin", name);
  if (existsSync(path)) return path;
  process.stdout.write(`      skipped: ${name} is missing; make up installs it\n`);
  return undefined;
}
