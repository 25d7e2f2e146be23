import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { SandboxPaths } from "../host/paths.ts";
import { run as realRun, type Run } from "../host/run-command.ts";
import { installTool, type InstallRun } from "./install/install-tool.ts";
import { describeCacheError, isCacheError } from "./install/cache-error.ts";
import { disableEngineLog } from "./install/disable-engine-log.ts";
import { executables, findTool, officialPlugin, versionOf } from "./find-tool.ts";
import type { Finding, Tool } from "./find-tool.ts";
import { Hosts } from "./download/reachable-hosts.ts";
import { withLock } from "./install/lock.ts";
import { platformOf } from "./platform.ts";
import { showProgress } from "./install/progress.ts";
import { proxyOf } from "./download/proxy.ts";
import type { InstallContext } from "./install/install-context.ts";
import { cachedPath } from "./install/install-record.ts";
import { placeEngine } from "./install/place-engine.ts";
import { placeStandIn } from "./install/place-stand-in.ts";
import { sandboxTools, type ToolSpec } from "./tools.ts";
import { sourcesFor, type Available } from "./tool-sources.ts";

export interface ToolchainOptions {
  readonly paths: SandboxPaths;

  /** The user's environment: where to look for tools, and what a build runs in. */
  readonly env: Readonly<Record<string, string | undefined>>;

  /** Absolute path of the Node that stand-ins run on. */
  readonly node: string;
  readonly write: (text: string) => void;

  /** Whether `write` goes to a terminal, on which lines can be rewritten. */
  readonly terminal: boolean;

  /** As in `process.platform` and `process.arch`. */
  readonly machine: { readonly os: string; readonly arch: string };

  /** Try the official downloads again where a stand-in was placed. @default false */
  readonly retryStandIns?: boolean;

  /** @default - every tool of the sandbox */
  readonly tools?: readonly ToolSpec[];

  /** @default - commands are really run */
  readonly run?: Run;

  /** SHA-256 of downloads by their address. @default - those of this repository */
  readonly pinned?: Readonly<Record<string, string>>;
}

/**
 * Finds every tool and installs the missing ones: by official download, else by a build from Go
 * modules, else as a stand-in. With nothing missing, nothing is locked or fetched, and one line per
 * stand-in is all that is printed.
 *
 * @throws a message with one line per source that was tried
 */
export async function ensureToolchain(options: ToolchainOptions): Promise<Tool[]> {
  const context = installContext(options);
  const specs = options.tools ?? sandboxTools;
  try {
    let findings = await findWanted(specs, context, options);
    if (findings.some(({ tool }) => tool === undefined)) {
      const onWait = (pid: number): void => {
        options.write(`waiting for another run (pid ${pid}) that installs tools …\n`);
      };
      await withLock(context.paths.cacheDir, onWait, async () => {
        // the run that had the lock may have installed them
        findings = await findWanted(specs, context, options);
        await installMissing(specs, findings, context, options);
      });
      findings = await findAll(specs, context);
    }
    const tools = findings.flatMap(({ tool }) => tool ?? []);
    await updateCache(specs, tools, context);
    if (specs.some(({ kind }) => kind === "plugin"))
      await disableEngineLog(context.paths.pulumiHome);
    for (const line of standInLines(tools)) options.write(`${line}\n`);
    return tools;
  } catch (error) {
    throw isCacheError(error) ? describeCacheError(error, context.paths.cacheDir) : error;
  }
}

/** One tool, as `lab doctor` shows it. */
export interface ToolReport {
  readonly name: string;
  readonly spec: ToolSpec;
  readonly tool: Tool | undefined;

  /** For a missing tool: what was found instead, and why it cannot be used. */
  readonly reasons: readonly string[];
}

/** Looks for every tool without fetching or changing anything. */
export async function inspectToolchain(options: ToolchainOptions): Promise<ToolReport[]> {
  const context = installContext(options);
  const specs = options.tools ?? sandboxTools;
  return await Promise.all(
    specs.map(async (spec) => {
      const { tool, reasons } = await findTool(spec, context);
      return { name: spec.name, spec, tool: tool ?? (await linkable(spec, context)), reasons };
    }),
  );
}

/** A plugin of the user's own Pulumi counts as there: it only has to be linked. */
async function linkable(spec: ToolSpec, context: InstallContext): Promise<Tool | undefined> {
  const path = await officialPlugin(spec, context);
  if (path === undefined) return undefined;
  return { name: spec.name, path, version: spec.version, origin: "linked" };
}

/** One line for each stand-in among the tools. */
function standInLines(tools: readonly Tool[]): string[] {
  return tools
    .filter(({ origin }) => origin === "stand-in")
    .map(({ name }) => `${name}: a stand-in of this repository, not the official one`);
}

function installContext(options: ToolchainOptions): InstallContext {
  const { paths, env, node, machine, run = realRun, pinned } = options;
  const platform = platformOf(machine.os, machine.arch);
  const proxy = proxyOf(env);
  const network = { hosts: new Hosts(), ...(proxy && { proxy }) };
  return { paths, env, node, platform, run, network, ...(pinned && { pinned }) };
}

function findAll(specs: readonly ToolSpec[], context: InstallContext): Promise<Finding[]> {
  return Promise.all(specs.map((spec) => findTool(spec, context)));
}

/** Like `findAll`; a stand-in does not count when the real one is to be tried again. */
async function findWanted(
  specs: readonly ToolSpec[],
  context: InstallContext,
  { retryStandIns = false }: ToolchainOptions,
): Promise<Finding[]> {
  const findings = await findAll(specs, context);
  if (!retryStandIns) return findings;
  return findings.map((found) => (found.tool?.origin === "stand-in" ? { reasons: [] } : found));
}

async function installMissing(
  specs: readonly ToolSpec[],
  findings: readonly Finding[],
  context: InstallContext,
  options: ToolchainOptions,
): Promise<void> {
  const parent = join(context.paths.cacheDir, "work");
  // what an interrupted run left: we hold the lock, so there is no other run
  await rm(parent, { recursive: true, force: true });
  await mkdir(parent, { recursive: true });
  const work = await mkdtemp(join(parent, "run-"));
  const installRun: InstallRun = { context, work, fetched: new Map() };
  const go = await findGo(context);
  const tasks = specs.flatMap((spec, index) => {
    const { tool, reasons = [] } = findings[index] ?? {};
    if (tool) return [];
    const install = async (onProgress: (words: string) => void): Promise<Tool> => {
      const installedPlugin = await officialPlugin(spec, context);
      const available = {
        platform: context.platform,
        go,
        ...(installedPlugin && { installedPlugin }),
      };
      const options = { sources: sourcesFor(spec, available), found: reasons };
      return await installTool(spec, options, installRun, onProgress);
    };
    return [{ title: `${spec.name} ${spec.version}`, install }];
  });
  try {
    const failures = await showProgress(tasks, options);
    if (failures.length > 0) throw combined(failures);
    await rm(join(context.paths.cacheDir, "downloads"), { recursive: true, force: true });
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

async function findGo(context: InstallContext): Promise<Available["go"]> {
  const [path] = await executables("go", context.env["PATH"] ?? "", context.paths.binDir);
  if (path === undefined) return undefined;
  const version = await versionOf(path, ["version"], context);
  return version === undefined ? undefined : { path, version };
}

/**
 * Makes stand-ins run from this checkout, and removes what would hide a tool on PATH: a stand-in, or
 * a program of another version. The user's engine stands beside the language host.
 */
async function updateCache(
  specs: readonly ToolSpec[],
  tools: readonly Tool[],
  context: InstallContext,
): Promise<void> {
  const toolOf = (spec: ToolSpec) => tools.find(({ name }) => name === spec.name);
  const onPath = specs.filter((spec) => toolOf(spec)?.origin === "path");
  const apart = specs.flatMap((spec) => (onPath.includes(spec) ? [] : (spec.partOf ?? [])));
  for (const spec of onPath) {
    const tool = toolOf(spec);
    const place = cachedPath(spec, context.paths);
    if (apart.includes(spec) && tool) await placeEngine(tool.path, place);
    else await rm(place, { force: true });
  }
  for (const spec of specs) {
    const isStandIn = toolOf(spec)?.origin === "stand-in";
    if (spec.standIn !== undefined && isStandIn) await placeStandIn(spec, spec.standIn, context);
  }
}

function combined(failures: readonly Error[]): Error {
  const cacheError = failures.find(isCacheError);
  return cacheError ?? new Error(failures.map(({ message }) => message).join("\n"));
}
