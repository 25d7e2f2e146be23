import type { Download } from "./download/download-urls.ts";
import type { GoBuild } from "./go/go-modules.ts";
import type { Platform } from "./platform.ts";
import type { ToolSpec } from "./tools.ts";
import { fits } from "./version.ts";

/** Where a missing tool can be installed from. */
export type Source =
  | { readonly kind: "link"; readonly from: string }
  | { readonly kind: "download"; readonly download: Download }
  | { readonly kind: "build"; readonly go: string; readonly build: GoBuild }
  | { readonly kind: "stand-in"; readonly folder: string }
  | { readonly kind: "none"; readonly reason: string };

/** What this machine offers. */
export interface Available {
  readonly platform: Platform | undefined;

  /** An official plugin of the wanted version in the user's own PULUMI_HOME. */
  readonly installedPlugin?: string;

  /** Go on PATH; undefined if there is none. */
  readonly go: { readonly path: string; readonly version: string } | undefined;
}

/** The first Go that fetches the newer toolchain which a `go.mod` asks for. */
const oldestGo = "1.21.0";

/** All sources of a tool, the best first; an unusable one has its reason, for the message. */
export function sourcesFor(spec: ToolSpec, available: Available): Source[] {
  const sources: Source[] = [];
  if (available.installedPlugin !== undefined)
    sources.push({ kind: "link", from: available.installedPlugin });
  sources.push(downloadSource(spec, available.platform));
  if (spec.build) sources.push(buildSource(spec.build, available.go));
  if (spec.standIn !== undefined) sources.push({ kind: "stand-in", folder: spec.standIn });
  return sources;
}

/** A source in words, as in `Go build`. */
export function sourceName(kind: Source["kind"]): string {
  const names = {
    link: "installed plugin",
    download: "download",
    build: "Go build",
    "stand-in": "stand-in",
    none: "",
  } as const;
  return names[kind];
}

function downloadSource(spec: ToolSpec, platform: Platform | undefined): Source {
  const download = platform && spec.download?.(platform);
  if (download) return { kind: "download", download };
  return { kind: "none", reason: "download: nothing official for this platform" };
}

function buildSource(build: GoBuild, go: Available["go"]): Source {
  if (go === undefined) {
    return { kind: "none", reason: "Go build: no go on PATH; install it from https://go.dev/dl" };
  }
  if (!fits(go.version, { from: oldestGo })) {
    const reason = `Go build: ${go.path} is ${go.version}, but this needs >= ${oldestGo}`;
    return { kind: "none", reason };
  }
  return { kind: "build", go: go.path, build };
}
