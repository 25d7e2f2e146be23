import { lstat, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { sha256Of } from "./sha256.ts";
import type { SandboxPaths } from "../../host/paths.ts";
import type { ToolSpec } from "../tools.ts";

/** Where a tool in the cache folder came from. */
export type CacheOrigin = "download" | "build" | "linked" | "stand-in";

const recordSchema = z.object({
  version: z.string(),
  origin: z.enum(["download", "build", "linked", "stand-in"]),

  /** SHA-256 of the executable, in hex. */
  sha256: z.string(),

  /** Its size in bytes and its last change (`ctimeMs`): with both as they were, it is the same. */
  size: z.number(),
  changedMs: z.number(),
});

export type InstallRecord = z.infer<typeof recordSchema>;

type Dirs = Pick<SandboxPaths, "cacheDir" | "binDir" | "pulumiHome">;

/** Where the tool lies in the cache folder: on PATH, or where the engine looks for plugins. */
export function cachedPath(spec: ToolSpec, { binDir, pulumiHome }: Dirs): string {
  const { kind, program, version } = spec;
  if (kind === "program") return join(binDir, program);
  const folder = `${program.replace("pulumi-", "")}-v${version}`;
  return join(pulumiHome, "plugins", folder, program);
}

/** Records that the tool in the cache folder is complete. Last step of an installation. */
export async function writeInstallRecord(
  spec: ToolSpec,
  origin: CacheOrigin,
  dirs: Dirs,
): Promise<void> {
  const path = cachedPath(spec, dirs);
  const { size, ctimeMs: changedMs } = await stat(path);
  const sha256 = await sha256Of(path);
  await saveRecord(spec, { version: spec.version, origin, sha256, size, changedMs }, dirs);
}

async function saveRecord(spec: ToolSpec, record: InstallRecord, dirs: Dirs): Promise<void> {
  const file = recordFile(spec, dirs);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.tmp`, JSON.stringify(record));
  await rename(`${file}.tmp`, file);
}

/**
 * The record of a tool that is complete, unchanged and of the wanted version. A file that looks
 * touched is hashed: whoever can write to the cache folder could else put another program there.
 */
export async function readInstallRecord(
  spec: ToolSpec,
  dirs: Dirs,
): Promise<InstallRecord | undefined> {
  try {
    const record = recordSchema.parse(JSON.parse(await readFile(recordFile(spec, dirs), "utf8")));
    if (record.version !== spec.version) return undefined;
    if (spec.kind === "plugin" && !(await isOwnFolder(spec, dirs))) return undefined;
    return await checkedRecord(spec, record, dirs);
  } catch {
    return undefined;
  }
}

/** Whether the tool's folder in the cache is none, or a real one: the engine skips links. */
export async function isOwnFolder(spec: ToolSpec, dirs: Dirs): Promise<boolean> {
  const folder = await lstat(dirname(cachedPath(spec, dirs))).catch(() => undefined);
  return folder === undefined || folder.isDirectory();
}

async function checkedRecord(
  spec: ToolSpec,
  record: InstallRecord,
  dirs: Dirs,
): Promise<InstallRecord | undefined> {
  const path = cachedPath(spec, dirs);
  const { size, ctimeMs: changedMs } = await stat(path);
  if (size !== record.size) return undefined;
  if (changedMs === record.changedMs) return record;
  if ((await sha256Of(path)) !== record.sha256) return undefined;
  const seen = { ...record, changedMs };
  // in a read-only cache folder it is hashed again next time
  await saveRecord(spec, seen, dirs).catch(() => undefined);
  return seen;
}

function recordFile(spec: ToolSpec, { cacheDir }: Dirs): string {
  return join(cacheDir, "stamps", `${spec.program}.json`);
}
