import { systemClock } from "../clock.ts";
import type { PodState, PodContext, RunningPod } from "../pod/running-pod.ts";
import { createPodLog } from "../pod/pod-log.ts";
import type { Pod } from "../../kube/objects.ts";
import { identify } from "../../kube/objects.ts";
import { knownStatus } from "./pod-status.ts";

/** The exit code that a kubelet reports for a container that it no longer finds. */
const lostExitCode = 137;

/**
 * Whether the pod's process has run before and must not run again: it ended with the shop process
 * that had started it.
 */
export function isRunOver(pod: Pod): boolean {
  return pod.spec?.restartPolicy === "Never" && knownStatus(pod)?.containerID !== undefined;
}

/** Reports the pod as Failed: its process died, and a half-finished load must not count as complete. */
export function lostPod(pod: Pod, { onChange }: PodContext): RunningPod {
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
