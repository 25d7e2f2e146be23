import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { SandboxPaths } from "../host/paths.ts";
import { freePort } from "../host/ports.ts";
import { clusterDir } from "./kwokctl.ts";

/** A port which a component of the cluster listens on. */
export interface ComponentPort {
  readonly component: string;
  readonly port: number;
}

const optionOf: Readonly<Record<string, readonly string[]>> = {
  etcd: ["etcdPort", "etcdPeerPort"],
  "kube-apiserver": ["kubeApiserverPort"],
  "kube-controller-manager": ["kubeControllerManagerPort"],
  "kube-scheduler": ["kubeSchedulerPort"],
  "kwok-controller": ["kwokControllerPort"],
};

/**
 * A free port for each component of a new cluster, by the name of kwokctl's option. Its own choice
 * is the same for two clusters that are created at the same time.
 */
export async function choosePorts(): Promise<Record<string, number>> {
  const names = Object.values(optionOf).flat();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await freePort()] as const)),
  );
}

/** The ports in the text of kwokctl's saved `kwok.yaml`, which were chosen at creation. */
export function portsIn(savedConfig: string): ComponentPort[] {
  // kwokctl's own settings come first, the stages of its nodes and pods after them
  const [saved] = parseAllDocuments(savedConfig);
  const options = property(saved?.toJS(), "options");
  return Object.entries(optionOf).flatMap(([component, names]) =>
    names.flatMap((name) => {
      const port = property(options, name);
      return typeof port === "number" && port > 0 ? [{ component, port }] : [];
    }),
  );
}

/** The ports of the cluster that exists. */
export async function clusterPorts(paths: Pick<SandboxPaths, "kwokDir">): Promise<ComponentPort[]> {
  return portsIn(await readFile(join(clusterDir(paths), "kwok.yaml"), "utf8").catch(() => ""));
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(name);
}
