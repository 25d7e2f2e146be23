import { createReadStream } from "node:fs";
import { open, readdir, rename, rm, type FileHandle } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

export interface RotationOptions {
  /** Size from which on the file is rotated, in bytes. @default - 10 MiB, as a kubelet has it */
  readonly rotateBytes?: number;

  /** Time between two looks at the size, in milliseconds. @default - 10 s, as a kubelet has it */
  readonly rotateEveryMs?: number;
}

/** A file that is appended to and renamed when it has grown too long. */
export interface RotatedFile {
  /** Appends whole lines, all of them or none. */
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Rotated files that are kept: a kubelet keeps five files, the current one among them. */
const KEPT_ROTATIONS = 4;

interface OpenFile {
  readonly handle: FileHandle;
  size: number;
  /** Lines of the files before this one. */
  readonly linesBefore: number;
  lines: number;
}

/**
 * Appends to a file, after what is in it already. One that has grown too long is renamed to
 * `<file>.<lines before its first one>`: a reader that comes too late knows how many it has missed.
 */
export function rotatedFile(file: string, options: RotationOptions = {}): RotatedFile {
  const { rotateBytes = 10 * 1024 * 1024, rotateEveryMs = 10_000 } = options;
  let current: OpenFile | undefined;
  let lookedAt = Date.now();

  const opened = async (): Promise<OpenFile> => {
    current ??= await openExisting(file);
    if (Date.now() - lookedAt < rotateEveryMs) return current;
    lookedAt = Date.now();
    if (current.size < rotateBytes) return current;
    const { handle, linesBefore, lines } = current;
    await rename(file, `${file}.${linesBefore}`);
    current = undefined;
    await handle.close();
    await removeOldest(file);
    current = await openNew(file, linesBefore + lines);
    return current;
  };
  return {
    append: async (text) => {
      const target = await opened();
      try {
        await target.handle.appendFile(text);
      } catch (error) {
        // the disk may have taken a part of it, which would come twice
        await target.handle.truncate(target.size).catch(() => undefined);
        throw error;
      }
      target.size += Buffer.byteLength(text);
      target.lines += text.split("\n").length - 1;
    },
    close: async () => {
      await current?.handle.close();
      current = undefined;
    },
  };
}

/** The rotated files beside a log file, the oldest first. */
async function rotationsOf(
  file: string,
): Promise<readonly { readonly path: string; readonly linesBefore: number }[]> {
  const folder = dirname(file);
  const prefix = `${basename(file)}.`;
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map((name) => ({ path: join(folder, name), linesBefore: Number(name.slice(prefix.length)) }))
    .sort((one, other) => one.linesBefore - other.linesBefore);
}

async function openExisting(file: string): Promise<OpenFile> {
  const last = (await rotationsOf(file)).at(-1);
  const before = last === undefined ? 0 : last.linesBefore + (await countLines(last.path)).lines;
  const opened = await openNew(file, before);
  const { lines, end } = await countLines(file);
  // a shop that was killed may have left half a line
  await opened.handle.truncate(end);
  return { ...opened, size: end, lines };
}

async function openNew(file: string, linesBefore: number): Promise<OpenFile> {
  return { handle: await open(file, "a"), size: 0, linesBefore, lines: 0 };
}

async function removeOldest(file: string): Promise<void> {
  const rotations = await rotationsOf(file);
  for (const { path } of rotations.slice(0, -KEPT_ROTATIONS)) await rm(path, { force: true });
}

/** The number of whole lines, and the byte after the last one. */
async function countLines(file: string): Promise<{ lines: number; end: number }> {
  let lines = 0;
  let end = 0;
  let offset = 0;
  const chunks: AsyncIterable<Buffer> = createReadStream(file);
  for await (const chunk of chunks) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) {
      lines += 1;
      end = offset + at + 1;
    }
    offset += chunk.length;
  }
  return { lines, end };
}
