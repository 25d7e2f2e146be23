import type { Context } from "mocha";
import { join } from "node:path";
import { sandboxPaths } from "../../../sandbox/host/paths.ts";
import { run } from "../../../sandbox/host/run-command.ts";
import { ensurePython } from "../../../sandbox/toolchain/python/python.ts";

const root = join(import.meta.dirname, "..", "..", "..");

/** The interpreter with pyvrl, installed at the first call; skips the tests where there is none. */
export async function pyvrl(context: Context): Promise<string> {
  context.timeout(120_000);
  const site = { paths: sandboxPaths(root, process.env), env: process.env, run };
  try {
    return join(await ensurePython("vrl", site, () => undefined), "python");
  } catch (error) {
    const { message } = error as Error;
    if (!message.includes("log pipelines need Python")) throw error;
    console.log(`      skipped: ${message}`);
    return context.skip();
  }
}
