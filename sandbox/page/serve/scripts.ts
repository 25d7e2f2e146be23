import { createHash } from "node:crypto";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** A file as the browser gets it. */
export interface Asset {
  readonly type: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
  readonly etag: string;
}

const browserFolder = join(import.meta.dirname, "..", "browser");

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".map": "application/json; charset=utf-8",
};

/**
 * Everything that the page loads beside its HTML, by path: one script, one style sheet, and for
 * debuggers the maps from both to their sources. Takes a tenth of a second.
 */
export async function pageAssets(): Promise<ReadonlyMap<string, Asset>> {
  // loaded when the first browser comes: programs that only call the API do without it
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: ["main.ts", "style.css"].map((file) => join(browserFolder, file)),
    outdir: "/page",
    absWorkingDir: browserFolder,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2023",
    // its comment names the map as a file beside it
    sourcemap: "linked",
    legalComments: "none",
    logLevel: "silent",
    write: false,
  });
  const assets = outputFiles.map(({ path, contents }) => {
    const name = path.replaceAll("\\", "/").replace(/^.*\/page\//, "/page/");
    return [name, asset(name, Buffer.from(contents))] as const;
  });
  return new Map(assets);
}

function asset(name: string, body: Buffer): Asset {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const type = types[/\.\w+$/.exec(name)?.[0] ?? ""] ?? "application/octet-stream";
  return { type, body, gzipped: gzipSync(body, { level: 9 }), etag };
}
