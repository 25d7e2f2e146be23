import {
  etcdDownload,
  kubernetesDownload,
  kwokDownload,
  pluginDownload,
  pulumiDownload,
  type Download,
} from "./download/download-urls.ts";
import {
  etcdBuild,
  kubernetesBuild,
  kwokBuild,
  pulumiBuild,
  type GoBuild,
} from "./go/go-modules.ts";
import type { Platform } from "./platform.ts";
import type { VersionRange } from "./version.ts";
import { versions } from "./versions.ts";

/** A tool and all its sources. */
export interface ToolSpec {
  readonly name: string;

  /** File name of the executable. */
  readonly program: string;

  /** A `plugin` goes where the engine looks for plugins, a `program` on PATH. */
  readonly kind: "program" | "plugin";

  /** What is downloaded or built. */
  readonly version: string;

  /** Versions that are accepted where the machine has the tool already. */
  readonly fits: VersionRange;

  /**
   * Arguments that make it print its version.
   *
   * @default - it prints none; whatever is found is used
   */
  readonly versionArgs?: readonly string[];

  /**
   * The tool that it is published with. One on PATH is used only beside that: it prints no version,
   * and another one's would not fit.
   *
   * @default - it is published alone
   */
  readonly partOf?: ToolSpec;

  /** @default - nothing official is published for the platform */
  readonly download?: (platform: Platform) => Download | undefined;

  /** @default - not available as Go modules */
  readonly build?: GoBuild;

  /**
   * Folder under `sandbox/plugins` of the stand-in.
   *
   * @default - there is none
   */
  readonly standIn?: string;
}

const kube = { from: `${minorOf(versions.kubernetes)}.0`, below: nextMinor(versions.kubernetes) };
const kwok = { from: versions.kwok, below: nextMinor(versions.kwok) };

const engine: ToolSpec = {
  name: "pulumi",
  program: "pulumi",
  kind: "program",
  version: versions.pulumi,
  fits: { from: versions.pulumi, below: "4.0.0" },
  versionArgs: ["version"],
  download: (platform) => pulumiDownload("pulumi", platform),
  build: pulumiBuild,
};

/** Everything that the sandbox's stack needs, in the order in which it is shown. */
export const sandboxTools: readonly ToolSpec[] = [
  engine,
  {
    name: "language-nodejs",
    program: "pulumi-language-nodejs",
    kind: "program",
    version: versions.pulumi,
    fits: { from: "3.0.0", below: "4.0.0" },
    partOf: engine,
    download: (platform) => pulumiDownload("pulumi-language-nodejs", platform),
    standIn: "language-nodejs",
  },
  plugin("kubernetes"),
  plugin("datadog"),
  plugin("command"),
  {
    name: "kubectl",
    program: "kubectl",
    kind: "program",
    version: versions.kubernetes,
    fits: { from: "1.28.0" },
    versionArgs: ["version", "--client"],
    download: (platform) => kubernetesDownload("kubectl", platform),
    build: kubernetesBuild("kubectl"),
  },
  kwokProgram("kwokctl"),
  kwokProgram("kwok"),
  {
    name: "etcd",
    program: "etcd",
    kind: "program",
    version: versions.etcd,
    fits: { from: "3.6.0", below: "4.0.0" },
    versionArgs: ["--version"],
    download: etcdDownload,
    build: etcdBuild,
  },
  kubernetesServer("kube-apiserver"),
  kubernetesServer("kube-controller-manager"),
  kubernetesServer("kube-scheduler"),
];

function plugin(name: keyof typeof versions.plugins): ToolSpec {
  const version = versions.plugins[name];
  return {
    name: `plugin ${name}`,
    program: `pulumi-resource-${name}`,
    kind: "plugin",
    version,
    fits: { from: version },
    download: (platform) => pluginDownload(name, platform),
    standIn: name,
  };
}

function kwokProgram(program: "kwok" | "kwokctl"): ToolSpec {
  return {
    name: program,
    program,
    kind: "program",
    version: versions.kwok,
    fits: kwok,
    versionArgs: ["--version"],
    download: (platform) => kwokDownload(program, platform),
    build: kwokBuild(program),
  };
}

function kubernetesServer(program: string): ToolSpec {
  return {
    name: program,
    program,
    kind: "program",
    version: versions.kubernetes,
    fits: kube,
    versionArgs: ["--version"],
    download: (platform) => kubernetesDownload(program, platform),
    build: kubernetesBuild(program),
  };
}

function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

function nextMinor(version: string): string {
  const [major = "", minor = ""] = version.split(".");
  return `${major}.${Number(minor) + 1}.0`;
}
