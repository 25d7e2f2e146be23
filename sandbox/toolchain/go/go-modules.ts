import { versions } from "../versions.ts";

/** A program that can be built from Go modules. */
export interface GoBuild {
  /** Folder beside this file with the `go.mod` that pins everything. */
  readonly module: "pulumi" | "kwok" | "etcd" | "kubernetes";
  readonly package: string;

  /** String variables that a release build sets by `-X`. */
  readonly variables: Readonly<Record<string, string>>;
}

const kubernetesVersion = kubernetesVariables(versions.kubernetes);

export const pulumiBuild: GoBuild = {
  module: "pulumi",
  package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  variables: {
    "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${versions.pulumi}`,
  },
};

export const etcdBuild: GoBuild = {
  module: "etcd",
  package: "go.etcd.io/etcd/server/v3",
  variables: {},
};

export function kwokBuild(program: "kwok" | "kwokctl"): GoBuild {
  return { module: "kwok", package: `sigs.k8s.io/kwok/cmd/${program}`, variables: {} };
}

export function kubernetesBuild(program: string): GoBuild {
  return {
    module: "kubernetes",
    package: `k8s.io/kubernetes/cmd/${program}`,
    variables: kubernetesVersion,
  };
}

/** Arguments of `go` for one program; it runs in the folder of its `go.mod`. */
export function goBuildArgs(build: GoBuild, output: string): string[] {
  const variables = Object.entries(build.variables).map(([name, value]) => `-X ${name}=${value}`);
  return [
    "build",
    "-v",
    "-mod=readonly",
    "-trimpath",
    "-buildvcs=false",
    `-ldflags=${["-s", "-w", ...variables].join(" ")}`,
    `-o=${output}`,
    build.package,
  ];
}

/** What Kubernetes' own build sets, for those packages that report a version. */
function kubernetesVariables(version: string): Record<string, string> {
  const [major = "", minor = ""] = version.split(".");
  return Object.fromEntries(
    ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((place) => [
      [`${place}.gitVersion`, `v${version}`],
      [`${place}.gitMajor`, major],
      [`${place}.gitMinor`, minor],
      [`${place}.gitTreeState`, "clean"],
    ]),
  );
}
