import { join } from "node:path";
import { sandboxPaths } from "../../sandbox/host/paths.ts";
import { ensureToolchain } from "../../sandbox/toolchain/toolchain.ts";

/** Installs the tools before the first test: on a new machine that outlasts any test's time-out. */
export async function mochaGlobalSetup(): Promise<void> {
  const { env, execPath: node, platform: os, arch } = process;
  await ensureToolchain({
    paths: sandboxPaths(join(import.meta.dirname, "..", ".."), env),
    env,
    node,
    write: (text) => process.stdout.write(text),
    terminal: false,
    machine: { os, arch },
  });
}
