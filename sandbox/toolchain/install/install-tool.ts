import { chmod, mkdir, rename, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isCacheError } from "./cache-error.ts";
import { versionOf, type Tool } from "../find-tool.ts";
import { buildProgram } from "../go/go-build.ts";
import { fetchOfficial, type Fetched } from "../download/fetch-official.ts";
import type { InstallContext } from "./install-context.ts";
import { placeStandIn } from "./place-stand-in.ts";
import { cachedPath, isOwnFolder, writeInstallRecord, type CacheOrigin } from "./install-record.ts";
import type { ToolSpec } from "../tools.ts";
import { fits } from "../version.ts";
import { sourceName, type Source } from "../tool-sources.ts";

/** What one installation run shares between its tools. */
export interface InstallRun {
  readonly context: InstallContext;

  /** Folder for unfinished files; below the cache folder, so that renames are atomic. */
  readonly work: string;
  readonly fetched: Fetched;
}

/** Every source of a tool failed; `reasons` has one line for each. */
class ToolFailure extends Error {
  readonly reasons: readonly string[];

  constructor(spec: ToolSpec, reasons: readonly string[]) {
    super([`cannot install ${spec.name} ${spec.version}:`, ...reasons].join("\n  "));
    this.reasons = reasons;
  }
}

/**
 * Installs a tool from the first source that works.
 *
 * @param found why what the machine has cannot be used, for the message
 * @param onProgress called with a few words about the current step, many times
 */
export async function installTool(
  spec: ToolSpec,
  options: { readonly sources: readonly Source[]; readonly found: readonly string[] },
  run: InstallRun,
  onProgress: (words: string) => void,
): Promise<Tool> {
  const reasons = [...options.found];
  for (const source of options.sources) {
    if (source.kind === "none") {
      reasons.push(source.reason);
      continue;
    }
    try {
      onProgress(`${sourceName(source.kind)} …`);
      const origin = await installFrom(source, spec, run, onProgress);
      const path = cachedPath(spec, run.context.paths);
      return { name: spec.name, path, version: spec.version, origin };
    } catch (error) {
      if (isCacheError(error)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      reasons.push(`${sourceName(source.kind)}: ${reason}`);
    }
  }
  throw new ToolFailure(spec, reasons);
}

async function installFrom(
  source: Exclude<Source, { kind: "none" }>,
  spec: ToolSpec,
  { context, work, fetched }: InstallRun,
  onProgress: (words: string) => void,
): Promise<CacheOrigin> {
  await removeLinkedFolder(spec, context);
  switch (source.kind) {
    case "link":
      await linkPlugin(spec, source.from, context);
      return "linked";
    case "download":
      await placeProgram(
        spec,
        await fetchOfficial(source.download, work, context, fetched),
        "download",
        context,
      );
      return "download";
    case "build": {
      const output = join(work, `${spec.program}.built`);
      await buildProgram(source, output, context, (count) => {
        onProgress(`Go build, ${count} packages`);
      });
      await placeProgram(spec, output, "build", context);
      return "build";
    }
    case "stand-in":
      await placeStandIn(spec, source.folder, context);
      return "stand-in";
  }
}

/** Moves a new program to its place, once it has run and printed the wanted version. */
async function placeProgram(
  spec: ToolSpec,
  program: string,
  origin: "download" | "build",
  context: InstallContext,
): Promise<void> {
  await chmod(program, 0o755);
  if (spec.versionArgs) {
    const version = await versionOf(program, spec.versionArgs, context);
    if (version === undefined) throw new Error(`${spec.program} does not run on this machine`);
    if (!fits(version, spec.fits)) {
      throw new Error(`got ${spec.program} ${version} instead of ${spec.version}`);
    }
  }
  const place = cachedPath(spec, context.paths);
  await mkdir(dirname(place), { recursive: true });
  await rename(program, place);
  await writeInstallRecord(spec, origin, context.paths);
}

/**
 * The engine is given our own PULUMI_HOME, so that a stand-in never hides a plugin elsewhere. It
 * skips a folder that is a link (pulumi/pulumi, sdk/go/common/workspace/plugins.go), so the link is
 * the executable in a folder of its own.
 */
async function linkPlugin(spec: ToolSpec, from: string, context: InstallContext): Promise<void> {
  const file = cachedPath(spec, context.paths);
  await rm(dirname(file), { recursive: true, force: true });
  await mkdir(dirname(file), { recursive: true });
  await symlink(from, file);
  await writeInstallRecord(spec, "linked", context.paths);
}

/** What is put into a folder that is a link would end up in the user's own Pulumi. */
async function removeLinkedFolder(spec: ToolSpec, { paths }: InstallContext): Promise<void> {
  if (spec.kind === "plugin" && !(await isOwnFolder(spec, paths))) {
    await rm(dirname(cachedPath(spec, paths)), { force: true });
  }
}
