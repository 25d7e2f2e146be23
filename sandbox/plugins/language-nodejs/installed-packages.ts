import { readFileSync } from "node:fs";
import { join } from "node:path";

const LOCKFILES = ["node_modules/.package-lock.json", "package-lock.json"];

interface Lockfile {
  readonly packages?: Readonly<Record<string, { readonly version?: string }>>;
}

/** Every installed package by npm's own record: pairs of name and version, in npm's order. */
export function installedPackages(programDirectory: string): [name: string, version: string][] {
  const { packages = {} } = readLockfile(programDirectory);
  return Object.entries(packages).flatMap(([path, { version }]) => {
    const name = path.split("node_modules/").at(-1) ?? "";
    return name === "" || version === undefined ? [] : [[name, version]];
  });
}

function readLockfile(programDirectory: string): Lockfile {
  for (const name of LOCKFILES) {
    try {
      return JSON.parse(readFileSync(join(programDirectory, name), "utf8")) as Lockfile;
    } catch {
      // Not installed by npm, or not yet: the next file may know.
    }
  }
  return {};
}
