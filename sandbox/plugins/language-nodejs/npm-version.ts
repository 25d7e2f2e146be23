import { execFile } from "node:child_process";
import { readFile, realpath } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/**
 * Version of the npm on PATH; undefined if there is none. Read from its package where that is
 * found: the engine asks at the start of each command, and npm takes a fifth of a second to answer.
 */
export async function npmVersion(path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    const file = await realpath(join(folder, "npm")).catch(() => undefined);
    if (file === undefined) continue;
    return (await packageVersion(join(file, "..", "..", "package.json"))) ?? (await ask(file));
  }
  return undefined;
}

async function packageVersion(file: string): Promise<string | undefined> {
  try {
    const { name, version } = JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
    return name === "npm" && typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

async function ask(npm: string): Promise<string | undefined> {
  const answer = await promisify(execFile)(npm, ["--version"]).catch(() => undefined);
  return answer?.stdout.trim();
}
