import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { Failure } from "../../context/errors.ts";
import { filesIn } from "./archive.ts";
import type { Files } from "./manifest.ts";

/** Folders and files at the top of a bundle; the journal goes on after the bundle is sealed. */
const parts =
  /^(?:world\/|truth\/)|^(?:manifest\.json|report\.html|report\.md|responders\.html|responders\.md|review\.md)$/;

/** Writes files below a folder. */
export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, text] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** Reads the files of a bundle out of a run's folder. */
export async function readBundleFolder(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll(sep, "/"))
    .filter((path) => parts.test(path))
    .sort();
  const texts = await Promise.all(paths.map((path) => readFile(join(folder, path), "utf8")));
  return new Map(paths.map((path, index) => [path, texts[index] ?? ""]));
}

/**
 * Reads a bundle: a run's folder, or its archive.
 *
 * @throws Failure in one line if it is neither, or cut short
 */
export async function readBundle(path: string): Promise<Files> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) {
    throw new Failure(`there is no bundle ${path}; give a folder of runs/, or its .tar.gz`);
  }
  if (found.isDirectory()) return await readBundleFolder(path);
  try {
    return await filesIn(await readFile(path));
  } catch (cause) {
    const [reason = ""] = (cause as Error).message.split("\n");
    throw new Failure(`${path} is no whole archive: ${reason}`, { cause });
  }
}
