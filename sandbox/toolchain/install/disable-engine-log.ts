import { mkdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

const text =
  "A file instead of a folder, so that the engine writes no log of each command: that takes a\n" +
  "fifth of a command's time. For a log of one command: pulumi --logtostderr -v=9 ...\n";

/**
 * Stops the engine from writing its log of each command, which it compresses and encrypts. It has no
 * option for that; where it cannot create the folder, it goes on without a log.
 *
 * @param pulumiHome the sandbox's own PULUMI_HOME, never the user's
 */
export async function disableEngineLog(pulumiHome: string): Promise<void> {
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
