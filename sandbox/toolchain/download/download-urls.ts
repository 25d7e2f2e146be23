import type { Platform } from "../platform.ts";
import { versions } from "../versions.ts";

/** An official download of one program. */
export interface Download {
  /** The same file at several places, the best first. */
  readonly urls: readonly string[];

  /** Lists of checksums (`<hex> <name>` lines, or the bare hex), any one of which will do. */
  readonly checksums: readonly string[];

  /**
   * The program inside a `.tar.gz` or `.zip`.
   *
   * @default - the file is the program itself
   */
  readonly member?: string;
}

/** A program of the Pulumi CLI's archive, which holds the language hosts, too. */
export function pulumiDownload(program: string, { os, arch }: Platform): Download {
  const version = versions.pulumi;
  const file = `pulumi-v${version}-${os}-${arch === "amd64" ? "x64" : arch}.tar.gz`;
  const sources = [
    "https://get.pulumi.com/releases/sdk",
    `https://github.com/pulumi/pulumi/releases/download/v${version}`,
  ];
  return {
    urls: sources.map((source) => `${source}/${file}`),
    checksums: sources.map((source) => `${source}/pulumi-${version}-checksums.txt`),
    member: `pulumi/${program}`,
  };
}

/** kwok publishes no checksums. */
export function kwokDownload(program: "kwok" | "kwokctl", { os, arch }: Platform): Download {
  const release = `https://github.com/kubernetes-sigs/kwok/releases/download/v${versions.kwok}`;
  return { urls: [`${release}/${program}-${os}-${arch}`], checksums: [] };
}

/** Kubernetes publishes servers for Linux only. */
export function kubernetesDownload(program: string, { os, arch }: Platform): Download | undefined {
  if (os !== "linux" && program !== "kubectl") return undefined;
  const url = `https://dl.k8s.io/release/v${versions.kubernetes}/bin/${os}/${arch}/${program}`;
  return { urls: [url], checksums: [`${url}.sha256`] };
}

export function etcdDownload({ os, arch }: Platform): Download {
  const release = `https://github.com/etcd-io/etcd/releases/download/v${versions.etcd}`;
  const name = `etcd-v${versions.etcd}-${os}-${arch}`;
  return {
    urls: [`${release}/${name}.${os === "linux" ? "tar.gz" : "zip"}`],
    checksums: [`${release}/SHA256SUMS`],
    member: `${name}/etcd`,
  };
}

/** A provider plugin, from where the engine would take it; there are no checksums. */
export function pluginDownload(
  name: keyof typeof versions.plugins,
  { os, arch }: Platform,
): Download {
  const version = versions.plugins[name];
  const file = `pulumi-resource-${name}-v${version}-${os}-${arch}.tar.gz`;
  return {
    urls: [
      `https://github.com/pulumi/pulumi-${name}/releases/download/v${version}/${file}`,
      `https://get.pulumi.com/releases/plugins/${file}`,
    ],
    checksums: [],
    member: `pulumi-resource-${name}`,
  };
}

/** The checksum of a file in a list of checksums, or the only one in a list without names. */
export function checksumIn(list: string, file: string): string | undefined {
  const rows = list
    .split("\n")
    .map((line) => line.trim().split(/\s+\*?/))
    .filter(([hex = ""]) => /^[0-9a-f]{64}$/i.test(hex));
  const row = rows.find(([, name]) => name === file) ?? (rows.length === 1 ? rows[0] : undefined);
  const [hex, name = file] = row ?? [];
  return name === file ? hex?.toLowerCase() : undefined;
}
