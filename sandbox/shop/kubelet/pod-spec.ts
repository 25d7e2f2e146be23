import type { Container, ContainerProbe, EnvVar, Pod } from "../../kube/objects.ts";
import { identify } from "../../kube/objects.ts";
import type { PodSpec } from "../pod/running-pod.ts";
import type { Probe } from "../pod/probes.ts";

/** Text of a key in a Secret or ConfigMap of the pod's namespace; undefined where there is none. */
export type ReadKey = (
  kind: "ConfigMap" | "Secret",
  name: string,
  key: string,
) => Promise<string | undefined>;

/**
 * What the pod's first container runs. Throws one line, in a kubelet's words, where its environment
 * cannot be made.
 */
export async function podSpecOf(pod: Pod, readKey: ReadKey): Promise<PodSpec> {
  const { name, workload, container } = identify(pod);
  const { image = "", command = [], args = [], volumeMounts = [] } = container;
  return {
    workload,
    image,
    podName: name,
    env: await environment(pod, container, readKey),
    args: [...command.slice(1), ...args],
    probes: httpProbes(container),
    connectionProbes: connectionProbes(container),
    mounts: volumeMounts.map(({ mountPath }) => mountPath),
  };
}

export async function environment(
  pod: Pod,
  container: Container,
  readKey: ReadKey,
): Promise<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const variable of container.env ?? []) {
    const value = variable.value ?? (await valueFrom(pod, variable, readKey));
    if (value !== undefined) variables[variable.name] = value;
  }
  return variables;
}

async function valueFrom(
  pod: Pod,
  variable: EnvVar,
  readKey: ReadKey,
): Promise<string | undefined> {
  const { secretKeyRef, configMapKeyRef, fieldRef } = variable.valueFrom ?? {};
  if (fieldRef !== undefined) return podField(pod, variable.name, fieldRef.fieldPath);
  const reference = secretKeyRef ?? configMapKeyRef;
  if (reference === undefined) return "";
  const kind = secretKeyRef === undefined ? "ConfigMap" : "Secret";
  const name = reference.name ?? "";
  const value = await readKey(kind, name, reference.key);
  if (value !== undefined || reference.optional === true) return value;
  throw new Error(`couldn't find key ${reference.key} in ${kind} "${name}" for ${variable.name}`);
}

export function podField(pod: Pod, variable: string, path: string): string {
  const fields: Readonly<Record<string, string | undefined>> = {
    "metadata.name": pod.metadata?.name,
    "metadata.namespace": pod.metadata?.namespace,
    "metadata.uid": pod.metadata?.uid,
    "spec.nodeName": pod.spec?.nodeName,
    "status.podIP": pod.status?.podIP,
  };
  const value = fields[path];
  if (value !== undefined) return value;
  throw new Error(`the sandbox cannot fill ${variable} from field "${path}"`);
}

/** Periods of the readiness and liveness probes that only open a connection, in seconds. */
function connectionProbes({ readinessProbe, livenessProbe }: Container): readonly number[] {
  return [readinessProbe, livenessProbe].flatMap((probe) =>
    probe?.tcpSocket === undefined ? [] : (probe.periodSeconds ?? 10),
  );
}

/** Probes that send HTTP requests. */
export function httpProbes(container: Container): readonly Probe[] {
  const declared: readonly (readonly [Probe["kind"], ContainerProbe | undefined])[] = [
    ["startup", container.startupProbe],
    ["readiness", container.readinessProbe],
    ["liveness", container.livenessProbe],
  ];
  return declared.flatMap(([kind, probe]) => {
    if (probe?.httpGet === undefined) return [];
    const port = containerPort(container, probe.httpGet.port);
    return {
      kind,
      path: probe.httpGet.path ?? "/",
      ...(port !== undefined && { port }),
      initialDelaySeconds: probe.initialDelaySeconds ?? 0,
      periodSeconds: probe.periodSeconds ?? 10,
      failureThreshold: probe.failureThreshold ?? 3,
    };
  });
}

/** Probes name a port by its number or its name. */
function containerPort({ ports = [] }: Container, port: unknown): number | undefined {
  if (typeof port === "number") return port;
  return ports.find(({ name }) => name === port)?.containerPort;
}
