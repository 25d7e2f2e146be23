import type { ProcessProgram } from "../../host/real-program-images.ts";
import type { PodVolume } from "../process/pod-files.ts";
import type { ProcessSpec } from "../process/process-spec.ts";
import type { Probe } from "../pod/probes.ts";
import type {
  Container,
  ContainerProbe,
  Pod,
  ProjectedSource,
  Volume,
} from "../../kube/objects.ts";
import { identify } from "../../kube/objects.ts";
import type { ReadKey } from "./pod-spec.ts";
import { environment, httpProbes, podField } from "./pod-spec.ts";

type PodTemplate = NonNullable<Pod["spec"]>;

/** What is asked of the cluster when a pod gets a token of its service account. */
export interface TokenRequest {
  readonly account: string;
  readonly audiences: readonly string[];
  readonly expirationSeconds: number;
}

/** What the pods of a namespace may read. */
export interface PodReaders {
  readonly readKey: ReadKey;
  /** All texts of a ConfigMap; undefined where there is none. */
  readonly readConfigMap: (name: string) => Promise<Readonly<Record<string, string>> | undefined>;
  /** All texts of a Secret; undefined where there is none. */
  readonly readSecret: (name: string) => Promise<Readonly<Record<string, string>> | undefined>;
  /** A token that ends with the pod. */
  readonly requestToken: (request: TokenRequest) => Promise<string>;
  /** Variables that every container gets, with the address of the API server. */
  readonly clusterEnv: Readonly<Record<string, string>>;
}

/** What a pod says about its process. Throws one line for what the sandbox cannot do. */
export async function processSpecOf(
  pod: Pod,
  program: ProcessProgram,
  readers: PodReaders,
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
    env: { ...readers.clusterEnv, ...(await environment(pod, container, readers.readKey)) },
    probes: [...httpProbes(container), ...execProbes(container)],
    volumes: await volumesOf(pod, container, readers),
    restart: restartPolicy(spec.restartPolicy),
    graceSeconds: spec.terminationGracePeriodSeconds ?? 30,
  };
}

function restartPolicy(policy = "Always"): ProcessSpec["restart"] {
  return policy === "Never" || policy === "OnFailure" ? policy : "Always";
}

/** Probes that run a program, which only a container with a real one has. */
function execProbes(container: Container): Probe[] {
  const declared: readonly (readonly [Probe["kind"], ContainerProbe | undefined])[] = [
    ["startup", container.startupProbe],
    ["readiness", container.readinessProbe],
    ["liveness", container.livenessProbe],
  ];
  return declared.flatMap(([kind, probe]) => {
    if (probe?.exec?.command === undefined) return [];
    return {
      kind,
      path: "",
      command: probe.exec.command,
      timeoutSeconds: probe.timeoutSeconds ?? 1,
      initialDelaySeconds: probe.initialDelaySeconds ?? 0,
      periodSeconds: probe.periodSeconds ?? 10,
      failureThreshold: probe.failureThreshold ?? 3,
    };
  });
}

async function volumesOf(
  pod: Pod,
  { volumeMounts = [] }: Container,
  readers: PodReaders,
): Promise<PodVolume[]> {
  const volumes = pod.spec?.volumes ?? [];
  return await Promise.all(
    volumeMounts.map(async ({ name, mountPath, subPath }) => {
      const volume = volumes.find((candidate) => candidate.name === name);
      const content = subPath === undefined ? await contentOf(pod, volume, readers) : undefined;
      if (content !== undefined) return { mountPath, ...content };
      throw new Error(
        "the sandbox mounts only whole ConfigMaps, Secrets, emptyDirs and service accounts, " +
          `not ${mountPath}`,
      );
    }),
  );
}

/** What is in a volume; undefined for a kind that the sandbox does not have. */
async function contentOf(
  pod: Pod,
  { configMap, emptyDir, projected, secret }: Partial<Volume> = {},
  readers: PodReaders,
): Promise<Omit<PodVolume, "mountPath"> | undefined> {
  if (secret) return { files: await secretFiles(secret.secretName ?? "", readers), secret: true };
  if (projected) return { files: await projectedFiles(pod, projected, readers), secret: true };
  if (configMap) return { files: await configFiles(configMap, readers) };
  return emptyDir && { files: {} };
}

async function secretFiles(name: string, { readSecret }: Pick<PodReaders, "readSecret">) {
  const files = await readSecret(name);
  if (files === undefined) throw new Error(`secret "${name}" not found`);
  return files;
}

async function projectedFiles(
  pod: Pod,
  { sources = [] }: NonNullable<Volume["projected"]>,
  readers: PodReaders,
): Promise<Readonly<Record<string, string>>> {
  const parts = sources.map((source) => sourceFiles(pod, source, readers));
  return Object.assign({}, ...(await Promise.all(parts))) as Record<string, string>;
}

async function sourceFiles(
  pod: Pod,
  { configMap, serviceAccountToken: token, downwardAPI }: ProjectedSource,
  readers: PodReaders,
): Promise<Readonly<Record<string, string>>> {
  if (configMap) return await configFiles(configMap, readers);
  if (token) {
    const request: TokenRequest = {
      account: pod.spec?.serviceAccountName ?? "default",
      audiences: token.audience === undefined ? [] : [token.audience],
      expirationSeconds: token.expirationSeconds ?? 3600,
    };
    return { [token.path]: await readers.requestToken(request) };
  }
  const fields = (downwardAPI?.items ?? []).map(({ path, fieldRef }) => [
    path,
    podField(pod, path, fieldRef?.fieldPath ?? ""),
  ]);
  return Object.fromEntries(fields) as Record<string, string>;
}

async function configFiles(
  { name = "", items }: NonNullable<Volume["configMap"]>,
  { readConfigMap }: Pick<PodReaders, "readConfigMap">,
): Promise<Readonly<Record<string, string>>> {
  const data = await readConfigMap(name);
  if (data === undefined) throw new Error(`configmap "${name}" not found`);
  if (items === undefined) return data;
  const odd = items.find(({ key, path }) => !(key in data) || path.includes("/"));
  if (odd) throw new Error(`configmap "${name}" cannot give key "${odd.key}" as "${odd.path}"`);
  return Object.fromEntries(items.map(({ key, path }) => [path, data[key] ?? ""]));
}
