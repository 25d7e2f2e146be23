import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { SandboxPaths } from "../host/paths.ts";
import { run as realRun, type Run } from "../host/run-command.ts";
import { bringTool, type Bringing } from "./install-tool.ts";
import { cacheFailure, isCacheTrouble } from "./cache-trouble.ts";
import { keepNoEngineLog } from "./disable-engine-log.ts";
import { executables, findTool, officialPlugin, versionOf } from "./find-tool.ts";
import type { Finding, Tool } from "./find-tool.ts";
import { Hosts } from "./download/reachable-hosts.ts";
import { withLock } from "./lock.ts";
import { platformOf } from "./platform.ts";
import { showProgress } from "./progress.ts";
import { proxyOf } from "./download/proxy.ts";
import type { Site } from "./install-context.ts";
import { placeStandIn, removeStandIn } from "./place-stand-in.ts";
import { readStamp } from "./install-record.ts";
import { sandboxTools, type ToolSpec } from "./tools.ts";
import { waysTo, type Means } from "./tool-sources.ts";

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
}

/**
 * Finds every tool, and brings those that are missing: by official download, else by a build from
 * Go modules, else a stand-in. Without anything missing, nothing is locked, fetched or printed but
 * one line per stand-in.
 *
 * @throws a message with one line per way that was tried
 */
export async function ensureToolchain(options: ToolchainOptions): Promise<Tool[]> {
  const site = siteOf(options);
  const specs = options.tools ?? sandboxTools;
  try {
    let findings = await findWanted(specs, site, options);
    if (findings.some(({ tool }) => tool === undefined)) {
      const onWait = (pid: number): void => {
        options.write(`waiting for another run (pid ${pid}) that brings tools …\n`);
      };
      await withLock(site.paths.cacheDir, onWait, async () => {
        // the run that was waited for may have brought them
        findings = await findWanted(specs, site, options);
        await bringMissing(specs, findings, site, options);
      });
      findings = await findAll(specs, site);
    }
    const tools = findings.flatMap(({ tool }) => tool ?? []);
    await settleStandIns(specs, tools, site);
    if (specs.some(({ kind }) => kind === "plugin")) await keepNoEngineLog(site.paths.pulumiHome);
    for (const line of standInLines(tools)) options.write(`${line}\n`);
    return tools;
  } catch (error) {
    throw isCacheTrouble(error) ? cacheFailure(error, site.paths.cacheDir) : error;
  }
}

/** Where each tool stands; for `lab doctor`. */
export interface ToolReport {
  readonly name: string;
  readonly spec: ToolSpec;
  readonly tool: Tool | undefined;

  /** For a missing tool: what was looked at, and why it would not do. */
  readonly reasons: readonly string[];
}

/** Looks for every tool without fetching or changing anything. */
export async function inspectToolchain(options: ToolchainOptions): Promise<ToolReport[]> {
  const site = siteOf(options);
  const specs = options.tools ?? sandboxTools;
  const findings = await findAll(specs, site);
  return specs.map((spec, index) => {
    const { tool, reasons = [] } = findings[index] ?? {};
    return { name: spec.name, spec, tool, reasons };
  });
}

/** One line for each stand-in among the tools. */
function standInLines(tools: readonly Tool[]): string[] {
  return tools
    .filter(({ origin }) => origin === "stand-in")
    .map(({ name }) => `${name}: a stand-in of this repository, not the official one`);
}

function siteOf(options: ToolchainOptions): Site {
  const { paths, env, node, machine, run = realRun } = options;
  const platform = platformOf(machine.os, machine.arch);
  const proxy = proxyOf(env);
  const network = { hosts: new Hosts(), ...(proxy && { proxy }) };
  return { paths, env, node, platform, run, network };
}

function findAll(specs: readonly ToolSpec[], site: Site): Promise<Finding[]> {
  return Promise.all(specs.map((spec) => findTool(spec, site)));
}

/** Like `findAll`; a stand-in does not count when the real one is to be tried again. */
async function findWanted(
  specs: readonly ToolSpec[],
  site: Site,
  { retryStandIns = false }: ToolchainOptions,
): Promise<Finding[]> {
  const findings = await findAll(specs, site);
  if (!retryStandIns) return findings;
  return findings.map((found) => (found.tool?.origin === "stand-in" ? { reasons: [] } : found));
}

async function bringMissing(
  specs: readonly ToolSpec[],
  findings: readonly Finding[],
  site: Site,
  options: ToolchainOptions,
): Promise<void> {
  const parent = join(site.paths.cacheDir, "work");
  // whatever an interrupted run left: the lock says that there is no other one
  await rm(parent, { recursive: true, force: true });
  await mkdir(parent, { recursive: true });
  const work = await mkdtemp(join(parent, "run-"));
  const bringing: Bringing = { site, work, fetched: new Map() };
  const go = await findGo(site);
  const tasks = specs.flatMap((spec, index) => {
    const { tool, reasons = [] } = findings[index] ?? {};
    if (tool) return [];
    const bring = async (say: (words: string) => void): Promise<Tool> => {
      const installedPlugin = await officialPlugin(spec, site);
      const means = { platform: site.platform, go, ...(installedPlugin && { installedPlugin }) };
      const trial = { ways: waysTo(spec, means), found: reasons };
      return await bringTool(spec, trial, bringing, say);
    };
    return [{ title: `${spec.name} ${spec.version}`, bring }];
  });
  try {
    const failures = await showProgress(tasks, options);
    if (failures.length > 0) throw combined(failures);
    await rm(join(site.paths.cacheDir, "downloads"), { recursive: true, force: true });
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

async function findGo(site: Site): Promise<Means["go"]> {
  const [path] = await executables("go", site.env["PATH"] ?? "", site.paths.binDir);
  if (path === undefined) return undefined;
  const version = await versionOf(path, ["version"], site);
  return version === undefined ? undefined : { path, version };
}

/** Makes stand-ins run from this checkout, and removes those that would hide the real one. */
async function settleStandIns(
  specs: readonly ToolSpec[],
  tools: readonly Tool[],
  site: Site,
): Promise<void> {
  for (const spec of specs) {
    if (spec.standIn === undefined) continue;
    const origin = tools.find(({ name }) => name === spec.name)?.origin;
    if (origin === "stand-in") await placeStandIn(spec, spec.standIn, site);
    const stamp = await readStamp(spec, site.paths);
    if (origin === "path" && stamp?.origin === "stand-in") await removeStandIn(spec, site);
  }
}

function combined(failures: readonly Error[]): Error {
  const trouble = failures.find(isCacheTrouble);
  return trouble ?? new Error(failures.map(({ message }) => message).join("\n"));
}
