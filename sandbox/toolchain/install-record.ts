import { lstat, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { SandboxPaths } from "../host/paths.ts";
import type { ToolSpec } from "./tools.ts";

/** Where a tool in the cache folder came from. */
export type CacheOrigin = "download" | "build" | "linked" | "stand-in";

const recordSchema = z.object({
  version: z.string(),
  origin: z.enum(["download", "build", "linked", "stand-in"]),

  /** Size of the executable in bytes: a file cut off by a full disk must not count. */
  size: z.number(),
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
  const { size } = await stat(cachedPath(spec, dirs));
  const record: InstallRecord = { version: spec.version, origin, size };
  const file = recordFile(spec, dirs);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.tmp`, JSON.stringify(record));
  await rename(`${file}.tmp`, file);
}

/** The record of a tool that is complete and of the wanted version. */
export async function readInstallRecord(
  spec: ToolSpec,
  dirs: Dirs,
): Promise<InstallRecord | undefined> {
  try {
    const record = recordSchema.parse(JSON.parse(await readFile(recordFile(spec, dirs), "utf8")));
    const { size } = await stat(cachedPath(spec, dirs));
    if (spec.kind === "plugin" && !(await isOwnFolder(spec, dirs))) return undefined;
    return record.version === spec.version && record.size === size ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the tool's folder in the cache is none, or a real one: the engine skips links. */
export async function isOwnFolder(spec: ToolSpec, dirs: Dirs): Promise<boolean> {
  const folder = await lstat(dirname(cachedPath(spec, dirs))).catch(() => undefined);
  return folder === undefined || folder.isDirectory();
}

function recordFile(spec: ToolSpec, { cacheDir }: Dirs): string {
  return join(cacheDir, "stamps", `${spec.program}.json`);
}
