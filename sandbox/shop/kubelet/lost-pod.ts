import { systemClock } from "../clock.ts";
import type { PodState, PodSurroundings, RunningPod } from "../running-pod.ts";
import { createPodLog } from "../pod-log.ts";
import type { Pod } from "../../kube/objects.ts";
import { identify } from "../../kube/objects.ts";
import { knownStatus } from "./pod-status.ts";

/** What a kubelet says of a container that it finds gone. */
const lostExitCode = 137;

/**
 * Whether the pod's process has run before and must not run again: it went away with the shop that
 * had started it.
 */
export function isRunOver(pod: Pod): boolean {
  return pod.spec?.restartPolicy === "Never" && knownStatus(pod)?.containerID !== undefined;
}

/** A pod that is over, told to the cluster as failed: a load that ran half is no load that ran. */
export function lostPod(pod: Pod, { onChange }: PodSurroundings): RunningPod {
  const { name } = identify(pod);
  const { containerID = "", restartCount = 0 } = knownStatus(pod) ?? {};
  const now = new Date();
  const state: PodState = {
    ready: false,
    restarts: restartCount,
    process: { id: containerID, startedAt: now, ended: { exitCode: lostExitCode, at: now } },
  };
  onChange?.(state);
  return {
    podName: name,
    containerPort: 0,
    ports: new Map(),
    store: undefined,
    lines: createPodLog(systemClock),
    state,
    stop: () => Promise.resolve(),
  };
}
