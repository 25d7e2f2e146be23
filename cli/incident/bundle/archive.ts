import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { extract, pack } from "tar-stream";
import type { Files } from "./manifest.ts";

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Every entry has the same time, owner and mode: the same files are the same archive. */
const sameForAll = { mtime: new Date(0), mode: 0o644, uid: 0, gid: 0, uname: "", gname: "" };

/** Files as one gzipped tar, in the order of their paths. */
export async function archiveOf(files: Files): Promise<Buffer> {
  const tar = pack();
  for (const path of [...files.keys()].sort()) {
    tar.entry({ name: path, ...sameForAll }, files.get(path) ?? "");
  }
  tar.finalize();
  const packed: Buffer = await compress(await buffer(tar), { level: 9 });
  // the system that wrote it is byte 9 of gzip's header
  packed[9] = 255;
  return packed;
}

/**
 * Reads an archive.
 *
 * @throws if it is cut short, or no archive
 */
export async function filesIn(archive: Buffer): Promise<Files> {
  const tar = extract();
  tar.end(await decompress(archive));
  const files = new Map<string, string>();
  for await (const entry of tar) {
    const { name, type } = entry.header;
    const text = (await buffer(entry)).toString("utf8");
    if (type === "file") files.set(name, text);
  }
  return files;
}
