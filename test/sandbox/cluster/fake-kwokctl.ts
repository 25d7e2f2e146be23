import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClusterOptions } from "../../../sandbox/cluster/cluster.ts";
import { clusterDir, type ClusterBinaries } from "../../../sandbox/cluster/kwokctl.ts";
import { sandboxPaths, type SandboxPaths } from "../../../sandbox/host/paths.ts";
import type { Run, RunResult } from "../../../sandbox/host/run-command.ts";

export const binaries: ClusterBinaries = {
  kwokctl: "/bin/kwokctl",
  kwok: "/bin/kwok",
  etcd: "/bin/etcd",
  kubeApiserver: "/bin/kube-apiserver",
  kubeControllerManager: "/bin/kube-controller-manager",
  kubeScheduler: "/bin/kube-scheduler",
  kubectl: "/bin/kubectl",
};

/** A checkout in a temporary folder, and a kwokctl that makes files but starts nothing. */
export interface FakeKwokctl {
  readonly paths: SandboxPaths;
  readonly options: ClusterOptions;

  /** One line per command that ran, with `<ROOT_DIR>` for the checkout. */
  readonly transcript: () => string;
  readonly environments: Record<string, string | undefined>[];

  /** Makes the next commands whose line includes the text fail, all or that many of them. */
  readonly fail: (text: string, result: Partial<RunResult>, times?: number) => void;

  /** Called once the cluster's folders are there. */
  onCreated: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

export async function fakeKwokctl(): Promise<FakeKwokctl> {
  const root = await mkdtemp(join(tmpdir(), "cluster-"));
  const paths = sandboxPaths(root, { HOME: root });
  const lines: string[] = [];
  const environments: Record<string, string | undefined>[] = [];
  let failing: { text: string; result: Partial<RunResult>; times: number } | undefined;
  const run: Run = async (command, { env }) => {
    const line = command.join(" ").replaceAll(root, "<ROOT_DIR>");
    lines.push(line);
    environments.push(env);
    const fine = { code: 0, stdout: "", stderr: "", timedOut: false };
    if (failing !== undefined && failing.times > 0 && line.includes(failing.text)) {
      failing.times -= 1;
      return { ...fine, ...failing.result };
    }
    if (line.includes("create cluster")) {
      await makeCluster(paths);
      await kwok.onCreated();
    }
    return fine;
  };
  const kwok: FakeKwokctl = {
    paths,
    options: { paths, binaries, path: "/usr/bin", run },
    transcript: () => `${lines.join("\n")}\n`,
    environments,
    fail: (text, result, times = Infinity) => {
      failing = { text, result: { code: 1, ...result }, times };
    },
    onCreated: () => Promise.resolve(),
    remove: () => rm(root, { recursive: true }),
  };
  return kwok;
}

/** What a creation by kwokctl leaves, as far as it matters here. */
export async function makeCluster(paths: SandboxPaths): Promise<void> {
  const folder = clusterDir(paths);
  for (const part of ["bin", "pids", "logs"]) {
    await mkdir(join(folder, part), { recursive: true });
  }
  await writeFile(join(folder, "kubeconfig.yaml"), "kind: Config\n");
}
