import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { SandboxPaths } from "../host/paths.ts";
import type { ToolSpec } from "./tools.ts";

/** Where a tool in the cache folder came from. */
export type CacheOrigin = "download" | "build" | "linked" | "stand-in";

const stampSchema = z.object({
  version: z.string(),
  origin: z.enum(["download", "build", "linked", "stand-in"]),

  /** Size of the executable in bytes: a file cut off by a full disk must not count. */
  size: z.number(),
});

export type Stamp = z.infer<typeof stampSchema>;

type Dirs = Pick<SandboxPaths, "cacheDir" | "binDir" | "pulumiHome">;

/** Where the tool lies in the cache folder: on PATH, or where the engine looks for plugins. */
export function cachedPath(spec: ToolSpec, { binDir, pulumiHome }: Dirs): string {
  const { kind, program, version } = spec;
  if (kind === "program") return join(binDir, program);
  const folder = `${program.replace("pulumi-", "")}-v${version}`;
  return join(pulumiHome, "plugins", folder, program);
}

/** Notes that the tool in the cache folder is whole. Last step of an installation. */
export async function writeStamp(spec: ToolSpec, origin: CacheOrigin, dirs: Dirs): Promise<void> {
  const { size } = await stat(cachedPath(spec, dirs));
  const stamp: Stamp = { version: spec.version, origin, size };
  const file = stampFile(spec, dirs);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.tmp`, JSON.stringify(stamp));
  await rename(`${file}.tmp`, file);
}

/** The stamp of a tool that is whole and of the wanted version. */
export async function readStamp(spec: ToolSpec, dirs: Dirs): Promise<Stamp | undefined> {
  try {
    const stamp = stampSchema.parse(JSON.parse(await readFile(stampFile(spec, dirs), "utf8")));
    const { size } = await stat(cachedPath(spec, dirs));
    return stamp.version === spec.version && stamp.size === size ? stamp : undefined;
  } catch {
    return undefined;
  }
}

function stampFile(spec: ToolSpec, { cacheDir }: Dirs): string {
  return join(cacheDir, "stamps", `${spec.program}.json`);
}
