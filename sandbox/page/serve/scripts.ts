import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire, stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** A file as the browser gets it. */
export interface Asset {
  readonly type: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
  readonly etag: string;
}

const browserFolder = join(import.meta.dirname, "..", "browser");
const chartFolder = dirname(createRequire(import.meta.url).resolve("uplot/package.json"));

const types = {
  script: "text/javascript; charset=utf-8",
  style: "text/css; charset=utf-8",
} as const;

/**
 * Everything that the page loads beside its HTML, by path. TypeScript goes to the browser without
 * its types, file by file: what a debugger shows there is what stands here.
 */
export function pageAssets(): ReadonlyMap<string, Asset> {
  const files = readdirSync(browserFolder, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".ts") || file.endsWith(".css"));
  const own = withoutWarning(() => files.map((file) => [`/page/${file}`, ownAsset(file)] as const));
  return new Map([
    ...own,
    ["/page/uplot/uPlot.js", chartAsset("uPlot.iife.min.js", types.script)],
    ["/page/uplot/uPlot.css", chartAsset("uPlot.min.css", types.style)],
  ]);
}

function ownAsset(file: string): Asset {
  const text = readFileSync(join(browserFolder, file), "utf8");
  return file.endsWith(".ts")
    ? asset(types.script, stripTypeScriptTypes(text))
    : asset(types.style, text);
}

function chartAsset(file: string, type: string): Asset {
  return asset(type, readFileSync(join(chartFolder, "dist", file), "utf8"));
}

function asset(type: string, text: string): Asset {
  const body = Buffer.from(text);
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  return { type, body, gzipped: gzipSync(body, { level: 9 }), etag };
}

/** Node strips types by itself without a warning, but warns of the same function called. */
function withoutWarning<T>(run: () => T): T {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return run();
  } finally {
    process.emitWarning = emitWarning;
  }
}
