import type { ProcessProgram } from "../../process-images.ts";
import type { PodVolume } from "../process/pod-files.ts";
import type { ProcessSpec } from "../process/process-spec.ts";
import type { Container, Pod, Volume } from "./objects.ts";
import { identify } from "./objects.ts";
import type { ReadKey } from "./pod-spec.ts";
import { environment, httpProbes } from "./pod-spec.ts";

type PodTemplate = NonNullable<Pod["spec"]>;

/** What the pods of a namespace may read. */
export interface PodReaders {
  readonly readKey: ReadKey;
  /** All texts of a ConfigMap; undefined where there is none. */
  readonly readConfigMap: (name: string) => Promise<Readonly<Record<string, string>> | undefined>;
}

/** What a pod says about its process. Throws one line for what the sandbox cannot do. */
export async function processSpecOf(
  pod: Pod,
  program: ProcessProgram,
  { readKey, readConfigMap }: PodReaders,
): Promise<ProcessSpec> {
  const { name, namespace, container } = identify(pod);
  const spec: PodTemplate = pod.spec ?? { containers: [] };
  if (spec.containers.length !== 1 || (spec.initContainers ?? []).length > 0) {
    throw new Error(`the sandbox runs ${program} only in pods of one container`);
  }
  const { command = [], args = [], image = "" } = container;
  return {
    program,
    image,
    podName: name,
    namespace,
    words: [...command, ...args],
    env: await environment(pod, container, readKey),
    probes: httpProbes(container),
    volumes: await volumesOf(container, spec.volumes ?? [], readConfigMap),
    restart: restartPolicy(spec.restartPolicy),
    graceSeconds: spec.terminationGracePeriodSeconds ?? 30,
  };
}

function restartPolicy(policy = "Always"): ProcessSpec["restart"] {
  return policy === "Never" || policy === "OnFailure" ? policy : "Always";
}

async function volumesOf(
  { volumeMounts = [] }: Container,
  volumes: readonly Volume[],
  readConfigMap: PodReaders["readConfigMap"],
): Promise<PodVolume[]> {
  return await Promise.all(
    volumeMounts.map(async ({ name, mountPath, subPath }) => {
      const volume = volumes.find((candidate) => candidate.name === name);
      if (subPath !== undefined || !volume || !(volume.configMap ?? volume.emptyDir)) {
        throw new Error(`the sandbox mounts only whole ConfigMaps and emptyDirs, not ${mountPath}`);
      }
      const files = volume.configMap ? await configFiles(volume.configMap, readConfigMap) : {};
      return { mountPath, files };
    }),
  );
}

async function configFiles(
  { name = "", items }: NonNullable<Volume["configMap"]>,
  readConfigMap: PodReaders["readConfigMap"],
): Promise<Readonly<Record<string, string>>> {
  const data = await readConfigMap(name);
  if (data === undefined) throw new Error(`configmap "${name}" not found`);
  if (items === undefined) return data;
  const odd = items.find(({ key, path }) => !(key in data) || path.includes("/"));
  if (odd) throw new Error(`configmap "${name}" cannot give key "${odd.key}" as "${odd.path}"`);
  return Object.fromEntries(items.map(({ key, path }) => [path, data[key] ?? ""]));
}
