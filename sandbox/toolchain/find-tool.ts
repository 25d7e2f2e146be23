import { access, constants, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { KnownVersions } from "./known-versions.ts";
import type { Site } from "./install-context.ts";
import { cachedPath, readStamp, type CacheOrigin } from "./install-record.ts";
import type { ToolSpec } from "./tools.ts";
import { findVersion, fits, rangeText } from "./version.ts";

/** Where a tool came from. */
type Origin = "path" | CacheOrigin;

/** A tool that is there. */
export interface Tool {
  readonly name: string;
  readonly path: string;

  /** Undefined for a plugin on PATH, which cannot say. */
  readonly version: string | undefined;
  readonly origin: Origin;
}

/** What looking for a tool came to. */
export interface Finding {
  readonly tool?: Tool;

  /** For a tool that is not there: what was looked at, and why it would not do. */
  readonly reasons: readonly string[];
}

/**
 * Looks for a tool without fetching anything: in the cache folder, then on the machine. A stand-in
 * in the cache folder gives way to the real one as soon as the machine has it.
 */
export async function findTool(spec: ToolSpec, site: Site): Promise<Finding> {
  const stamp = await readStamp(spec, site.paths);
  const path = cachedPath(spec, site.paths);
  const cached = stamp && {
    tool: { name: spec.name, path, version: stamp.version, origin: stamp.origin },
    reasons: [],
  };
  if (cached && stamp.origin !== "stand-in") return cached;
  const onPath = await findOnPath(spec, site);
  if (onPath.tool || !cached) return onPath;
  return (await officialPlugin(spec, site)) === undefined ? cached : { reasons: [] };
}

/** A plugin of the wanted version that the user's own Pulumi has installed. */
export async function officialPlugin(spec: ToolSpec, site: Site): Promise<string | undefined> {
  if (spec.kind !== "plugin") return undefined;
  const homes = [site.env["PULUMI_HOME"], join(site.env["HOME"] ?? "/", ".pulumi")];
  for (const pulumiHome of homes) {
    if (pulumiHome === undefined || pulumiHome === site.paths.pulumiHome) continue;
    const file = cachedPath(spec, { ...site.paths, pulumiHome });
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

/** All files of that name in the folders of PATH which may be run, first ones first. */
export async function executables(
  program: string,
  path: string,
  ignoredDir: string,
): Promise<string[]> {
  const folders = path.split(delimiter).filter((dir) => isAbsolute(dir) && dir !== ignoredDir);
  const files = [...new Set(folders)].map((dir) => join(dir, program));
  const found = await Promise.all(
    files.map(async (file) => ((await isExecutable(file)) ? [file] : [])),
  );
  return found.flat();
}

async function findOnPath(spec: ToolSpec, site: Site): Promise<Finding> {
  const { name, program, versionArgs } = spec;
  const files = await executables(program, site.env["PATH"] ?? "", site.paths.binDir);
  const reasons: string[] = [];
  for (const path of files) {
    if (versionArgs === undefined) {
      return { tool: { name, path, version: undefined, origin: "path" }, reasons };
    }
    const version = await versionOf(path, versionArgs, site);
    if (version !== undefined && fits(version, spec.fits)) {
      return { tool: { name, path, version, origin: "path" }, reasons };
    }
    const what = version === undefined ? "does not tell its version" : `is ${version}`;
    reasons.push(`PATH: ${path} ${what}, needed is ${rangeText(spec.fits)}`);
  }
  return { reasons: reasons.length > 0 ? reasons : [`PATH: no ${program}`] };
}

/** Asks an executable for its version, unless it is known from an earlier run. */
export async function versionOf(
  path: string,
  versionArgs: readonly string[],
  site: Pick<Site, "paths" | "env" | "run">,
): Promise<string | undefined> {
  const known = new KnownVersions(site.paths.cacheDir);
  const remembered = await known.get(path);
  if (remembered !== undefined) return remembered;
  // asking pulumi must neither look for updates nor leave anything in the user's home
  const env = { ...site.env, PULUMI_SKIP_UPDATE_CHECK: "true", PULUMI_HOME: site.paths.pulumiHome };
  const result = await site.run([path, ...versionArgs], { env, timeoutMs: 20_000 });
  const version = result.code === 0 ? findVersion(result.stdout || result.stderr) : undefined;
  if (version !== undefined) await known.set(path, version);
  return version;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
