import { chmod, mkdir, rename, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isCacheTrouble } from "./cache-trouble.ts";
import { versionOf, type Tool } from "./find-tool.ts";
import { buildProgram } from "./go/go-build.ts";
import { fetchOfficial, type Fetched } from "./download/fetch-official.ts";
import type { Site } from "./install-context.ts";
import { placeStandIn } from "./place-stand-in.ts";
import { cachedPath, writeStamp, type CacheOrigin } from "./install-record.ts";
import type { ToolSpec } from "./tools.ts";
import { fits } from "./version.ts";
import { wayName, type Way } from "./tool-sources.ts";

/** What one run shares between its tools. */
export interface Bringing {
  readonly site: Site;

  /** Folder for unfinished files; below the cache folder, so that renames are atomic. */
  readonly work: string;
  readonly fetched: Fetched;
}

/** Every way to a tool failed; `reasons` has one line for each. */
class ToolFailure extends Error {
  readonly reasons: readonly string[];

  constructor(spec: ToolSpec, reasons: readonly string[]) {
    super([`cannot get ${spec.name} ${spec.version}:`, ...reasons].join("\n  "));
    this.reasons = reasons;
  }
}

/**
 * Brings a tool by the first way that works.
 *
 * @param found why what the machine has will not do, for the message
 * @param say told what is being done, in a few words, again and again
 */
export async function bringTool(
  spec: ToolSpec,
  trial: { readonly ways: readonly Way[]; readonly found: readonly string[] },
  bringing: Bringing,
  say: (words: string) => void,
): Promise<Tool> {
  const reasons = [...trial.found];
  for (const way of trial.ways) {
    if (way.kind === "none") {
      reasons.push(way.reason);
      continue;
    }
    try {
      say(`${wayName(way.kind)} …`);
      const origin = await go(spec, way, bringing, say);
      const path = cachedPath(spec, bringing.site.paths);
      return { name: spec.name, path, version: spec.version, origin };
    } catch (error) {
      if (isCacheTrouble(error)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      reasons.push(`${wayName(way.kind)}: ${reason}`);
    }
  }
  throw new ToolFailure(spec, reasons);
}

async function go(
  spec: ToolSpec,
  way: Exclude<Way, { kind: "none" }>,
  { site, work, fetched }: Bringing,
  say: (words: string) => void,
): Promise<CacheOrigin> {
  switch (way.kind) {
    case "link":
      await linkPlugin(spec, way.from, site);
      return "linked";
    case "download":
      await install(spec, await fetchOfficial(way.download, work, site, fetched), "download", site);
      return "download";
    case "build": {
      const output = join(work, `${spec.program}.built`);
      await buildProgram(way, output, site, (count) => {
        say(`Go build, ${count} packages`);
      });
      await install(spec, output, "build", site);
      return "build";
    }
    case "stand-in":
      await placeStandIn(spec, way.folder, site);
      return "stand-in";
  }
}

/** Puts a fresh program in its place, after it has shown that it runs and is what was wanted. */
async function install(
  spec: ToolSpec,
  program: string,
  origin: "download" | "build",
  site: Site,
): Promise<void> {
  await chmod(program, 0o755);
  if (spec.versionArgs) {
    const version = await versionOf(program, spec.versionArgs, site);
    if (version === undefined) throw new Error(`${spec.program} does not run on this machine`);
    if (!fits(version, spec.fits)) {
      throw new Error(`got ${spec.program} ${version} instead of ${spec.version}`);
    }
  }
  const place = cachedPath(spec, site.paths);
  await mkdir(dirname(place), { recursive: true });
  await rename(program, place);
  await writeStamp(spec, origin, site.paths);
}

/** The engine is given our own PULUMI_HOME, so that a stand-in never hides a plugin elsewhere. */
async function linkPlugin(spec: ToolSpec, from: string, site: Site): Promise<void> {
  const folder = dirname(cachedPath(spec, site.paths));
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await symlink(dirname(from), folder);
  await writeStamp(spec, "linked", site.paths);
}
