import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { z } from "zod";

const schema = z.record(z.string(), z.string());

/**
 * Versions that executables printed before, so that a `make up` with nothing to do need not start
 * them all again. An executable whose size or time has changed is asked again.
 */
export class KnownVersions {
  readonly #file: string;

  constructor(cacheDir: string) {
    this.#file = join(cacheDir, "known-versions.json");
  }

  async get(path: string): Promise<string | undefined> {
    return (await this.#read())[await keyOf(path)];
  }

  /** Does nothing where the cache folder cannot be written: then it is asked again next time. */
  async set(path: string, version: string): Promise<void> {
    const temporary = `${this.#file}.${process.pid}`;
    try {
      const all = { ...(await this.#read()), [await keyOf(path)]: version };
      await mkdir(join(this.#file, ".."), { recursive: true });
      await writeFile(temporary, JSON.stringify(all));
      await rename(temporary, this.#file);
    } catch {
      // only speed is lost
    }
  }

  async #read(): Promise<Record<string, string>> {
    try {
      return schema.parse(JSON.parse(await readFile(this.#file, "utf8")));
    } catch {
      return {};
    }
  }
}

async function keyOf(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return `${path} ${size} ${mtimeMs}`;
}
