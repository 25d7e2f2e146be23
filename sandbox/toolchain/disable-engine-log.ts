import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

const text =
  "A file instead of a folder, so that the engine keeps no log of each command: writing it takes a\n" +
  "fifth of a command's time. For a log of one command: pulumi --logtostderr -v=9 ...\n";

/**
 * Keeps the engine from writing its log of all that it does, which it encrypts and packs as it goes.
 * It has no switch for it; where it cannot make the folder, it goes on without.
 *
 * @param pulumiHome the sandbox's own PULUMI_HOME, never the user's
 */
export async function keepNoEngineLog(pulumiHome: string): Promise<void> {
  const place = join(pulumiHome, "logs");
  try {
    if (await isFile(place)) return;
    await rm(place, { recursive: true, force: true });
    await mkdir(pulumiHome, { recursive: true });
    await writeFile(place, text);
  } catch {
    // read-only or full: that costs time, nothing else
  }
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
