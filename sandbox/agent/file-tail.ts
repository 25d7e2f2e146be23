import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";

/** How far a log file was read. */
export interface Checkpoint {
  /** Of the file's first bytes, which hold the time of its first line: tells it from later files. */
  readonly start: string;
  /** Bytes that were dealt with; the end of a line. */
  readonly offset: number;
}

/** What a file had after a checkpoint. */
export interface Chunk {
  /** Whole lines with the offset after each. */
  readonly lines: readonly { readonly text: string; readonly end: number }[];
  readonly checkpoint: Checkpoint;
}

/** A line longer than this is cut there. */
const chunkBytes = 256 * 1024;
const startBytes = 48;

/** Where the writer puts a file that grew too long. */
function rotatedName(file: string): string {
  return `${file}.1`;
}

/**
 * Reads what a log file has after a checkpoint. After a rotation the rest of the old file comes
 * first. Undefined where the file is gone or has no whole line yet.
 */
export async function readChunk(file: string, from?: Checkpoint): Promise<Chunk | undefined> {
  const here = await readFrom(file, from);
  if (here === undefined || from === undefined || here.checkpoint.start === from.start) return here;
  const old = await readFrom(rotatedName(file), from);
  return old?.checkpoint.start === from.start && old.lines.length > 0 ? old : here;
}

/** From the checkpoint if it is of this file, else from its start. */
async function readFrom(file: string, from?: Checkpoint): Promise<Chunk | undefined> {
  const handle = await open(file, "r").catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    const first = await readAt(handle, 0, startBytes);
    if (first.length < startBytes && !first.includes("\n")) return undefined;
    const start = fingerprint(first);
    const offset = from?.start === start ? from.offset : 0;
    const lines = linesOf(await readAt(handle, offset, chunkBytes), offset);
    return { lines, checkpoint: { start, offset: lines.at(-1)?.end ?? offset } };
  } finally {
    await handle.close();
  }
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
