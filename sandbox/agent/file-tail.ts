import { createHash } from "node:crypto";
import { type FileHandle, open, readdir } from "node:fs/promises";
import { basename, dirname } from "node:path";

/** How far a log file was read. */
export interface Checkpoint {
  /** Of the time of the file's first line: tells it from the files before and after a rotation. */
  readonly start: string;
  /** Bytes that were read; the end of a line. */
  readonly offset: number;
  /** Lines that were read, those of earlier files among them. */
  readonly line: number;
}

/** What a file had after a checkpoint. */
export interface Chunk {
  /** Whole lines with the offset after each. */
  readonly lines: readonly { readonly text: string; readonly end: number }[];
  /** Where the first of them begins. */
  readonly from: Checkpoint;
  readonly checkpoint: Checkpoint;
  /** Lines that were removed before they could be read. */
  readonly missed: number;
}

/** A line longer than this is cut there. */
const chunkBytes = 256 * 1024;
const startBytes = 48;

interface LogFile {
  readonly path: string;
  /** Lines of the files before it; undefined for the current file. */
  readonly linesBefore?: number;
}

/**
 * Reads what a log file has after a checkpoint, or from its very beginning. What was rotated away
 * in the meantime comes first, the oldest first. Undefined where there is no whole line.
 */
export async function readChunk(file: string, from?: Checkpoint): Promise<Chunk | undefined> {
  const current: LogFile = { path: file };
  if (from === undefined) return await readNext([...(await rotated(file)), current], 0);
  const here = await readFrom(current, from);
  if (here?.checkpoint.start === from.start) return here;
  const files = [...(await rotated(file)), current];
  const at = await indexOf(files, from);
  const rest = at < 0 ? undefined : await readFrom(files[at] ?? current, from);
  if (rest !== undefined && rest.lines.length > 0) return rest;
  return await readNext(files.slice(at + 1), from.line);
}

/** The beginning of the first of the files; `read` is the number of lines read before. */
async function readNext([next]: readonly LogFile[], read: number): Promise<Chunk | undefined> {
  if (next === undefined) return undefined;
  const { linesBefore: line = read } = next;
  const chunk = await readFrom(next, { start: "", offset: 0, line });
  return chunk && { ...chunk, missed: Math.max(0, line - read) };
}

/** The rotated files beside a log file, named by the lines before them; the oldest first. */
async function rotated(file: string): Promise<LogFile[]> {
  const prefix = `${basename(file)}.`;
  const names = await readdir(dirname(file)).catch(() => []);
  const ordinals = names
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((ordinal) => /^\d+$/.test(ordinal))
    .map(Number);
  return ordinals
    .sort((one, other) => one - other)
    .map((linesBefore) => ({ path: `${file}.${linesBefore}`, linesBefore }));
}

/** The file that a checkpoint is of; -1 where it was removed. */
async function indexOf(files: readonly LogFile[], { start }: Checkpoint): Promise<number> {
  for (const [index, { path }] of files.entries()) {
    const handle = await openFile(path);
    if (handle === undefined) continue;
    try {
      if (fingerprint(await readAt(handle, 0, startBytes)) === start) return index;
    } finally {
      await handle.close();
    }
  }
  return -1;
}

/** From the checkpoint if it is of this file, else from its start. */
async function readFrom({ path }: LogFile, from: Checkpoint): Promise<Chunk | undefined> {
  const handle = await openFile(path);
  if (handle === undefined) return undefined;
  try {
    const first = await readAt(handle, 0, startBytes);
    if (first.length < startBytes && !first.includes("\n")) return undefined;
    const start = fingerprint(first);
    const offset = from.start === start ? from.offset : 0;
    const lines = linesOf(await readAt(handle, offset, chunkBytes), offset);
    const begin = { start, offset, line: from.line };
    const end = { start, offset: lines.at(-1)?.end ?? offset, line: from.line + lines.length };
    return { lines, from: begin, checkpoint: end, missed: 0 };
  } finally {
    await handle.close();
  }
}

async function openFile(path: string): Promise<FileHandle | undefined> {
  return await open(path, "r").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  });
}

/** The time of the first line is the same however much of the file there is by now. */
function fingerprint(first: Buffer): string {
  const [time = ""] = first.toString("latin1").split(" ");
  return createHash("sha256").update(time).digest("hex").slice(0, 16);
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function linesOf(buffer: Buffer, offset: number): { text: string; end: number }[] {
  const lines: { text: string; end: number }[] = [];
  let from = 0;
  for (let at = buffer.indexOf(10); at >= 0; at = buffer.indexOf(10, from)) {
    lines.push({ text: buffer.toString("utf8", from, at), end: offset + at + 1 });
    from = at + 1;
  }
  const isCut = lines.length === 0 && buffer.length === chunkBytes;
  return isCut ? [{ text: buffer.toString("utf8"), end: offset + buffer.length }] : lines;
}
