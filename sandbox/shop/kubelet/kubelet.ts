import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import {
  CoreV1Api,
  CustomObjectsApi,
  PatchStrategy,
  setHeaderOptions,
} from "@kubernetes/client-node";
import type { ProcessProgram } from "../../host/real-program-images.ts";
import { systemClock } from "../clock.ts";
import { writeLogFile } from "../pod/log-file.ts";
import type { PodState, PodContext, RunningPod } from "../pod/running-pod.ts";
import { startPod } from "./start-pod.ts";
import { createPodLog } from "../pod/pod-log.ts";
import type { ProcessPlace } from "../process/process-pod.ts";
import { runProcessPod } from "../process/process-pod.ts";
import { programOfImage } from "../process/process-spec.ts";
import type { Pod } from "../../kube/objects.ts";
import { identify } from "../../kube/objects.ts";
import type { ReadKey } from "./pod-spec.ts";
import { podSpecOf } from "./pod-spec.ts";
import { isRunOver, lostPod } from "./lost-pod.ts";
import { statusPatch } from "./pod-status.ts";
import type { PodReaders } from "./process-pod-spec.ts";
import { processSpecOf } from "./process-pod-spec.ts";

export interface KubeletArgs {
  readonly kubeConfig: KubeConfig;
  /** Folder of the log files, one per pod. */
  readonly logsDir: string;
  readonly place: ProcessPlace;
  readonly onProblem: (message: string) => void;
}

/** Starts pods of the cluster here, and reports their state to the cluster. */
export interface Kubelet {
  readonly start: (pod: Pod, podContext: PodContext) => Promise<RunningPod>;
  readonly report: (pod: Pod, state: PodState) => void;
}

/** How long a state must last before it is reported, in milliseconds: starts are shorter. */
const REPORT_AFTER_MS = 300;
const RETRY_MS = 1_000;
/** kwok sets a pod to not ready when it assigns its address: an earlier report would be lost. */
const NO_ADDRESS_YET_MS = 50;

export function createKubelet(args: KubeletArgs): Kubelet {
  const { kubeConfig, logsDir, onProblem } = args;
  const core = kubeConfig.makeApiClient(CoreV1Api);
  const pending = new Map<string, NodeJS.Timeout>();
  const startProcess = async (
    pod: Pod,
    program: ProcessProgram,
    { resolve, onChange = () => undefined }: PodContext,
  ): Promise<RunningPod> => {
    const spec = await processSpecOf(pod, program, {
      ...podReaders(core, pod),
      clusterEnv: apiServerEnv(kubeConfig.getCurrentCluster()?.server ?? ""),
    });
    const lines = createPodLog(systemClock);
    const { place } = args;
    return await runProcessPod(spec, { place, clock: systemClock, lines, resolve, onChange });
  };

  return {
    start: async (pod, podContext) => {
      const { namespace, name, container } = identify(pod);
      const program = programOfImage(container.image ?? "");
      if (program !== undefined && isRunOver(pod)) return lostPod(pod, podContext);
      const running =
        program === undefined
          ? await startPod(await podSpecOf(pod, keyReader(core, namespace)), podContext)
          : await startProcess(pod, program, podContext);
      const file = join(logsDir, `${namespace}_${name}.log`);
      await mkdir(logsDir, { recursive: true });
      const endLog = writeLogFile(running.lines, file, { onProblem });
      await publishLog(kubeConfig, pod, file).catch((error: unknown) => {
        onProblem(`kubectl logs will not show ${name}: ${messageOf(error)}`);
      });
      return withEnd(running, endLog);
    },
    report: (pod, state) => {
      const { uid, name, container } = identify(pod);
      // the result of a probe lasts, other than the state of a start
      const isProven = state.ready && state.process && container.readinessProbe;
      const attempt = (afterMs: number): void => {
        clearTimeout(pending.get(uid));
        const timer = setTimeout(() => {
          pending.delete(uid);
          patchStatus(core, pod, state).then(
            (said) => {
              if (!said && !pending.has(uid)) attempt(NO_ADDRESS_YET_MS);
            },
            (error: unknown) => {
              // Without an answer the API server is lost, which the informers report.
              if (!isRefusal(error)) attempt(RETRY_MS);
              else onProblem(`the status of ${name} could not be set: ${messageOf(error)}`);
            },
          );
        }, afterMs);
        pending.set(uid, timer.unref());
      };
      attempt(isProven ? 0 : REPORT_AFTER_MS);
    },
  };
}

/** The same pod, whose log file ends with it. Its getters have to stay live, hence no copy. */
function withEnd(running: RunningPod, endLog: () => Promise<void>): RunningPod {
  const stop = running.stop.bind(running);
  return Object.defineProperty(running, "stop", {
    value: async () => {
      await stop();
      await endLog();
    },
  });
}

function keyReader(core: CoreV1Api, namespace: string): ReadKey {
  return async (kind, name, key) => {
    if (kind === "ConfigMap") {
      return (await core.readNamespacedConfigMap({ namespace, name })).data?.[key];
    }
    const encoded = (await core.readNamespacedSecret({ namespace, name })).data?.[key];
    return encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString("utf8");
  };
}

function podReaders(core: CoreV1Api, pod: Pod): Omit<PodReaders, "clusterEnv"> {
  const { namespace, name: podName, uid } = identify(pod);
  return {
    // it is not renewed: of a token that is asked for as by a kubelet, the API server makes one that
    // lasts for a year, or until its pod is gone
    requestToken: async ({ account, audiences, expirationSeconds }) => {
      const boundObjectRef = { apiVersion: "v1", kind: "Pod", name: podName, uid };
      const spec = { audiences: [...audiences], expirationSeconds, boundObjectRef };
      const request = { namespace, name: account, body: { spec } };
      return (await core.createNamespacedServiceAccountToken(request)).status?.token ?? "";
    },
    readKey: keyReader(core, namespace),
    readConfigMap: async (name) => {
      const found = await core.readNamespacedConfigMap({ namespace, name }).catch(ignoreMissing);
      return found && (found.data ?? {});
    },
    readSecret: async (name) => {
      const found = await core.readNamespacedSecret({ namespace, name }).catch(ignoreMissing);
      const entries = Object.entries(found?.data ?? {}).map(([key, encoded]) => {
        return [key, Buffer.from(encoded, "base64").toString("utf8")] as const;
      });
      return found && Object.fromEntries(entries);
    },
  };
}

/** The API server's variables that a kubelet sets in every container: here its real address. */
function apiServerEnv(server: string): Record<string, string> {
  const { hostname, port } = new URL(server);
  return { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port || "443" };
}

/** Resolves with false where it is too early to report. */
async function patchStatus(core: CoreV1Api, pod: Pod, state: PodState): Promise<boolean> {
  const { name, uid, namespace } = identify(pod);
  const current = await core.readNamespacedPod({ namespace, name }).catch(ignoreMissing);
  if (current?.metadata?.uid !== uid) return true;
  if (current.status?.podIP === undefined) return false;
  const body = statusPatch(current, state, new Date());
  if (body === undefined) return true;
  const merge = setHeaderOptions("Content-Type", PatchStrategy.StrategicMergePatch);
  await core.patchNamespacedPodStatus({ namespace, name, body }, merge).catch(ignoreMissing);
  return true;
}

/** The API server answered, and said no. */
function isRefusal(error: unknown): boolean {
  return typeof (error as { code?: unknown }).code === "number";
}

/** The pod was removed in the meantime. */
function ignoreMissing(error: unknown): undefined {
  if ((error as { code?: number }).code === 404) return undefined;
  throw error;
}

/**
 * Publishes the path of a pod's log to kwok, whose Logs resource is named like the pod. An earlier
 * shop may have left one that names another file.
 */
async function publishLog(kubeConfig: KubeConfig, pod: Pod, file: string): Promise<void> {
  const custom = kubeConfig.makeApiClient(CustomObjectsApi);
  const { name = "", namespace = "", uid = "" } = pod.metadata ?? {};
  const place = { group: "kwok.x-k8s.io", version: "v1alpha1", plural: "logs", namespace };
  const spec = { logs: [{ logsFile: file, follow: true }] };
  const metadata = { name, ownerReferences: [{ apiVersion: "v1", kind: "Pod", name, uid }] };
  const body = { apiVersion: "kwok.x-k8s.io/v1alpha1", kind: "Logs", metadata, spec };
  try {
    await custom.createNamespacedCustomObject({ ...place, body });
  } catch (error) {
    if ((error as { code?: number }).code !== 409) throw error;
    const merge = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);
    await custom.patchNamespacedCustomObject({ ...place, name, body: { metadata, spec } }, merge);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
