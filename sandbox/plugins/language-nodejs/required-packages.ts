import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A resource plugin that a program needs. */
export interface RequiredPackage {
  readonly name: string;

  /** With a leading `v`. */
  readonly version: string;

  /** Where to download it from; empty for Pulumi's own server. */
  readonly server: string;
}

/** The part of a package.json that matters here. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly pulumi?: {
    readonly resource?: boolean;
    readonly name?: string;
    readonly version?: string;
    readonly server?: string;
  };
}

/**
 * The resource plugins of the packages a program depends on. Follows dependencies only through
 * packages that use the Pulumi SDK, as every provider's package does: reading all of node_modules,
 * as the official host does, costs each `pulumi` command a fifth of a second here.
 */
export function requiredPackages(programDirectory: string): RequiredPackage[] {
  const found = new Map<string, RequiredPackage>();
  const visited = new Set<string>();
  const visit = (directory: string) => {
    if (visited.has(directory)) return;
    visited.add(directory);
    const manifest = readManifest(directory);
    if (manifest === undefined) return;
    const required = requiredPackage(manifest);
    if (required !== undefined) found.set(`${required.name} ${required.version}`, required);
    if (directory !== programDirectory && !usesPulumi(manifest)) return;
    for (const name of dependencyNames(manifest)) {
      const dependency = findPackage(name, directory);
      if (dependency !== undefined) visit(dependency);
    }
  };
  visit(programDirectory);
  return [...found.values()];
}

/** The plugin that a package needs, by the `pulumi` section of its package.json. */
export function requiredPackage(manifest: Manifest): RequiredPackage | undefined {
  const { pulumi } = manifest;
  if (pulumi?.resource !== true) return undefined;
  const name = pulumi.name ?? /^@pulumi\/(.+)$/.exec(manifest.name ?? "")?.[1];
  const version = pulumi.version ?? manifest.version;
  if (name === undefined || version === undefined) return undefined;
  return { name, version: `v${version.replace(/^v/, "")}`, server: pulumi.server ?? "" };
}

/** Direct dependencies as installed, or undefined versions left out. */
export function directDependencies(programDirectory: string): Map<string, string> {
  const manifest = readManifest(programDirectory) ?? {};
  const installed = dependencyNames(manifest).flatMap((name) => {
    const directory = findPackage(name, programDirectory);
    const version = directory === undefined ? undefined : readManifest(directory)?.version;
    return version === undefined ? [] : [[name, version] as const];
  });
  return new Map(installed);
}

function usesPulumi(manifest: Manifest): boolean {
  return dependencyNames(manifest).includes("@pulumi/pulumi");
}

function dependencyNames(manifest: Manifest): string[] {
  const { dependencies, devDependencies, peerDependencies } = manifest;
  return Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies });
}

/** Looks where Node would: in each node_modules from the package up. */
function findPackage(name: string, from: string): string | undefined {
  const directory = join(from, "node_modules", name);
  if (readManifest(directory) !== undefined) return directory;
  const parent = dirname(from);
  return parent === from ? undefined : findPackage(name, parent);
}

function readManifest(directory: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}
