import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { processIdentity } from "./process-identity.ts";

/** Named after its process, so that another one can tell whether it is still in use. */
const form = /^sock-shop-(\d+)_\w{6}$/;

/** A new folder in the system's temporary one. Those that killed processes left are removed. */
export async function temporaryFolder(parent = tmpdir()): Promise<string> {
  await removeAbandoned(parent);
  return await mkdtemp(join(parent, `sock-shop-${process.pid}_`));
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent).catch(() => [])) {
    const [, pid] = form.exec(name) ?? [];
    if (pid === undefined || (await processIdentity(Number(pid))) !== undefined) continue;
    // another user's folder of that name stays
    await rm(join(parent, name), { recursive: true, force: true }).catch(() => undefined);
  }
}
