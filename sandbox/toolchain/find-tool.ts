import { access, constants, realpath, stat } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { KnownVersions } from "./known-versions.ts";
import type { InstallContext } from "./install/install-context.ts";
import { cachedPath, readInstallRecord, type CacheOrigin } from "./install/install-record.ts";
import type { ToolSpec } from "./tools.ts";
import { findVersion, fits, rangeText } from "./version.ts";

/** Where a tool came from. */
type Origin = "path" | CacheOrigin;

/** A tool that is installed. */
export interface Tool {
  readonly name: string;
  readonly path: string;

  /** Undefined for a plugin on PATH, which prints no version. */
  readonly version: string | undefined;
  readonly origin: Origin;
}

/** The result of looking for a tool. */
export interface Finding {
  readonly tool?: Tool;

  /** For a missing tool: what was found instead, and why it cannot be used. */
  readonly reasons: readonly string[];
}

/**
 * Looks for a tool without fetching anything: in the cache folder, then on the machine. A stand-in
 * in the cache folder is replaced as soon as the machine has the real one.
 */
export async function findTool(spec: ToolSpec, context: InstallContext): Promise<Finding> {
  const record = await readInstallRecord(spec, context.paths);
  const path = cachedPath(spec, context.paths);
  const cached = record && {
    tool: { name: spec.name, path, version: record.version, origin: record.origin },
    reasons: [],
  };
  if (cached && record.origin !== "stand-in") return cached;
  const onPath = await findOnPath(spec, context);
  if (onPath.tool || !cached) return onPath;
  return (await officialPlugin(spec, context)) === undefined ? cached : { reasons: [] };
}

/** A plugin of the wanted version that the user's own Pulumi has installed. */
export async function officialPlugin(
  spec: ToolSpec,
  context: InstallContext,
): Promise<string | undefined> {
  if (spec.kind !== "plugin") return undefined;
  const homes = [context.env["PULUMI_HOME"], join(context.env["HOME"] ?? "/", ".pulumi")];
  for (const pulumiHome of homes) {
    if (pulumiHome === undefined || pulumiHome === context.paths.pulumiHome) continue;
    const file = cachedPath(spec, { ...context.paths, pulumiHome });
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

/** All executables of that name in the folders of PATH, in the order of PATH. */
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

async function findOnPath(spec: ToolSpec, context: InstallContext): Promise<Finding> {
  const { name, program, versionArgs } = spec;
  if (spec.partOf) return await findPart(spec, spec.partOf, context);
  const files = await executables(program, context.env["PATH"] ?? "", context.paths.binDir);
  const reasons: string[] = [];
  for (const path of files) {
    if (versionArgs === undefined) {
      return { tool: { name, path, version: undefined, origin: "path" }, reasons };
    }
    const version = await versionOf(path, versionArgs, context);
    if (version !== undefined && fits(version, spec.fits)) {
      return { tool: { name, path, version, origin: "path" }, reasons };
    }
    const what = version === undefined ? "does not print its version" : `is ${version}`;
    reasons.push(`PATH: ${path} ${what}, but this needs ${rangeText(spec.fits)}`);
  }
  return { reasons: reasons.length > 0 ? reasons : [`PATH: no ${program}`] };
}

async function findPart(
  { name, program }: ToolSpec,
  whole: ToolSpec,
  context: InstallContext,
): Promise<Finding> {
  const files = await executables(program, context.env["PATH"] ?? "", context.paths.binDir);
  const { tool } = await findTool(whole, context);
  for (const path of [...files, ...(await besides(program, tool))]) {
    if (await areInstalledTogether(path, tool)) {
      return { tool: { name, path, version: undefined, origin: "path" }, reasons: [] };
    }
  }
  const reasons = files.map(
    (path) => `PATH: ${path} is not part of the ${whole.name} that is used`,
  );
  return { reasons: reasons.length > 0 ? reasons : [`PATH: no ${program}`] };
}

/** The engine finds its parts in its own folder, also where only a link to it is on PATH. */
async function besides(program: string, engine: Tool | undefined): Promise<string[]> {
  if (engine?.origin !== "path") return [];
  const file = join(dirname(await realpath(engine.path)), program);
  return (await isExecutable(file)) ? [file] : [];
}

/** A program without a version fits an engine on PATH that it was unpacked with, and no other. */
async function areInstalledTogether(path: string, engine: Tool | undefined): Promise<boolean> {
  if (engine?.origin !== "path") return false;
  if (dirname(path) === dirname(engine.path)) return true;
  const [own, other] = await Promise.all([realpath(path), realpath(engine.path)]);
  return dirname(own) === dirname(other);
}

/** Asks an executable for its version, unless it is known from an earlier run. */
export async function versionOf(
  path: string,
  versionArgs: readonly string[],
  context: Pick<InstallContext, "paths" | "env" | "run">,
): Promise<string | undefined> {
  const known = new KnownVersions(context.paths.cacheDir);
  const remembered = await known.get(path);
  if (remembered !== undefined) return remembered;
  // asking pulumi must neither look for updates nor leave anything in the user's home
  const env = {
    ...context.env,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_HOME: context.paths.pulumiHome,
  };
  const result = await context.run([path, ...versionArgs], { env, timeoutMs: 20_000 });
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
