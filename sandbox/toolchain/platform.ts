/** The machines for which official downloads exist, in Go's words. */
export interface Platform {
  readonly os: "linux" | "darwin";
  readonly arch: "amd64" | "arm64";
}

/**
 * @param os as in `process.platform`
 * @param arch as in `process.arch`
 * @returns undefined where nothing can be downloaded; building from source may still do
 */
export function platformOf(os: string, arch: string): Platform | undefined {
  if (os !== "linux" && os !== "darwin") return undefined;
  if (arch === "x64") return { os, arch: "amd64" };
  return arch === "arm64" ? { os, arch } : undefined;
}
