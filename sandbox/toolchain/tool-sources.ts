import type { Download } from "./download/download-urls.ts";
import type { GoBuild } from "./go/go-modules.ts";
import type { Platform } from "./platform.ts";
import type { ToolSpec } from "./tools.ts";
import { fits } from "./version.ts";

/** A way to a tool that the machine does not have. */
export type Way =
  | { readonly kind: "link"; readonly from: string }
  | { readonly kind: "download"; readonly download: Download }
  | { readonly kind: "build"; readonly go: string; readonly build: GoBuild }
  | { readonly kind: "stand-in"; readonly folder: string }
  | { readonly kind: "none"; readonly reason: string };

/** What the machine has to offer. */
export interface Means {
  readonly platform: Platform | undefined;

  /** An official plugin of the wanted version in the user's own PULUMI_HOME. */
  readonly installedPlugin?: string;

  /** Go on PATH; undefined if there is none. */
  readonly go: { readonly path: string; readonly version: string } | undefined;
}

/** From here on Go fetches the newer toolchain that a `go.mod` asks for by itself. */
const oldestGo = "1.21.0";

/** All ways to a tool, the best first; a closed one tells why, for the message if all fail. */
export function waysTo(spec: ToolSpec, means: Means): Way[] {
  const ways: Way[] = [];
  if (means.installedPlugin !== undefined) ways.push({ kind: "link", from: means.installedPlugin });
  ways.push(downloadWay(spec, means.platform));
  if (spec.build) ways.push(buildWay(spec.build, means.go));
  if (spec.standIn !== undefined) ways.push({ kind: "stand-in", folder: spec.standIn });
  return ways;
}

/** A way in words, as in `Go build`. */
export function wayName(kind: Way["kind"]): string {
  const names = {
    link: "installed plugin",
    download: "download",
    build: "Go build",
    "stand-in": "stand-in",
    none: "",
  } as const;
  return names[kind];
}

function downloadWay(spec: ToolSpec, platform: Platform | undefined): Way {
  const download = platform && spec.download?.(platform);
  if (download) return { kind: "download", download };
  return { kind: "none", reason: "download: nothing official for this platform" };
}

function buildWay(build: GoBuild, go: Means["go"]): Way {
  if (go === undefined) {
    return { kind: "none", reason: "Go build: no go on PATH; install it from https://go.dev/dl" };
  }
  if (!fits(go.version, { from: oldestGo })) {
    const reason = `Go build: ${go.path} is ${go.version}, needed is >= ${oldestGo}`;
    return { kind: "none", reason };
  }
  return { kind: "build", go: go.path, build };
}
