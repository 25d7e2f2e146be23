import { createHash } from "node:crypto";

/** What `manifest.json` says of a bundle. */
export interface Manifest {
  readonly schemaVersion: 1;
  readonly run: string;
  readonly stack: string;

  /** Revision of the checkout, and whether it had changes that are in no revision. */
  readonly git: { readonly revision: string; readonly dirty: boolean };
  readonly options: unknown;

  /** The stack's configuration; secrets are encrypted in it. */
  readonly config: string;
  readonly tools: Readonly<Record<string, string>>;

  /** Seconds that other clocks are ahead of ours. */
  readonly clockOffsets: Readonly<Record<string, number>>;

  /** SHA-256 of each file by its path, in order. */
  readonly files: Readonly<Record<string, string>>;
}

export const manifestFile = "manifest.json";

/** Files of a bundle by path, relative to its folder. */
export type Files = ReadonlyMap<string, string>;

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Hashes of files by path, in order. */
export function hashesOf(files: Files): Record<string, string> {
  const paths = [...files.keys()].filter((path) => path !== manifestFile).sort();
  return Object.fromEntries(paths.map((path) => [path, sha256(files.get(path) ?? "")]));
}

/** JSON as bundles have it: the same data is the same text. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** One JSON text a line. */
export function jsonLines(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join("");
}

/** How a bundle differs from its manifest; empty where it is whole. */
export function tampering(files: Files): string[] {
  const manifest = readManifest(files.get(manifestFile));
  if (typeof manifest === "string") return [manifest];
  const real = hashesOf(files);
  const missing = Object.keys(manifest.files).filter((path) => real[path] === undefined);
  const added = Object.keys(real).filter((path) => manifest.files[path] === undefined);
  const changed = Object.keys(real).filter(
    (path) => manifest.files[path] !== undefined && manifest.files[path] !== real[path],
  );
  return [
    ...missing.map((path) => `${path} is missing`),
    ...added.map((path) => `${path} is in no manifest`),
    ...changed.map((path) => `${path} was changed`),
  ];
}

/** @returns why there is none, in one line */
function readManifest(text: string | undefined): Manifest | string {
  if (text === undefined) return `${manifestFile} is missing: this is no whole bundle`;
  try {
    const value = JSON.parse(text) as Partial<Manifest> | null;
    if (value?.schemaVersion === 1 && typeof value.files === "object") return value as Manifest;
  } catch {
    return `${manifestFile} is no JSON`;
  }
  return `${manifestFile} has another shape than this lab knows`;
}
