import type { V1Container, V1EnvVar, V1Pod, V1Probe } from "@kubernetes/client-node";
import type { PodSpec } from "../pod.ts";
import type { Probe } from "../probes.ts";

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
export async function podSpecOf(pod: V1Pod, readKey: ReadKey): Promise<PodSpec> {
  const name = pod.metadata?.name ?? "";
  const [container] = pod.spec?.containers ?? [];
  if (container === undefined) throw new Error(`pod ${name} has no container`);
  return {
    workload: pod.metadata?.labels?.["name"] ?? container.name,
    podName: name,
    image: container.image ?? "",
    env: await environment(pod, container, readKey),
    args: [...(container.command ?? []).slice(1), ...(container.args ?? [])],
    probes: httpProbes(container),
    mounts: (container.volumeMounts ?? []).map(({ mountPath }) => mountPath),
  };
}

async function environment(
  pod: V1Pod,
  container: V1Container,
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
  pod: V1Pod,
  variable: V1EnvVar,
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

function podField(pod: V1Pod, variable: string, path: string): string {
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

/** Probes that send HTTP requests; a probe of the port alone leaves no trace in the program. */
function httpProbes(container: V1Container): readonly Probe[] {
  const declared: readonly (readonly [Probe["kind"], V1Probe | undefined])[] = [
    ["startup", container.startupProbe],
    ["readiness", container.readinessProbe],
    ["liveness", container.livenessProbe],
  ];
  return declared.flatMap(([kind, probe]) => {
    if (probe?.httpGet === undefined) return [];
    return {
      kind,
      path: probe.httpGet.path ?? "/",
      initialDelaySeconds: probe.initialDelaySeconds ?? 0,
      periodSeconds: probe.periodSeconds ?? 10,
      failureThreshold: probe.failureThreshold ?? 3,
    };
  });
}
