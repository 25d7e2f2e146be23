import type { PodProcess, PodState } from "../pod/running-pod.ts";
import type { ContainerStatus, Pod } from "../../kube/objects.ts";
import { identify } from "../../kube/objects.ts";

/** What the cluster says of the pod's container. */
export function knownStatus(pod: Pod) {
  const { container } = identify(pod);
  return pod.status?.containerStatuses?.find(({ name }) => name === container.name);
}

/**
 * What the pod's status has to become so that the cluster knows how its program really is:
 * a strategic merge patch, or undefined where the status says so already.
 */
export function statusPatch(pod: Pod, state: PodState, now: Date) {
  const { container } = identify(pod);
  const known = knownStatus(pod);
  if (known !== undefined && isKnown(state, known)) return undefined;
  const { process, restarts } = state;
  return {
    status: {
      ...(process && { phase: phaseOf(process) }),
      conditions: ["ContainersReady", "Ready"].map((type) => condition(type, state, now)),
      containerStatuses: [
        {
          name: container.name,
          image: container.image ?? "",
          imageID: known?.imageID ?? "",
          ready: state.ready,
          restartCount: restarts,
          ...(process && { containerID: process.id }),
          started: state.waiting === undefined && process?.ended === undefined,
          state: containerState(state, now),
        },
      ],
    },
  };
}

/** Whether the cluster says all of this already. */
function isKnown({ ready, restarts, process }: PodState, known: ContainerStatus): boolean {
  if (known.ready !== ready || known.restartCount !== restarts) return false;
  return process === undefined || (known.containerID === process.id && !process.ended);
}

function phaseOf({ ended }: PodProcess): "Running" | "Succeeded" | "Failed" {
  if (ended === undefined) return "Running";
  return ended.exitCode === 0 ? "Succeeded" : "Failed";
}

function condition(type: string, { ready, waiting, process }: PodState, now: Date) {
  const over = process?.ended && (process.ended.exitCode === 0 ? "PodCompleted" : "PodFailed");
  return {
    type,
    status: ready ? "True" : "False",
    lastTransitionTime: now.toISOString(),
    reason: ready ? null : (waiting ?? over ?? "ContainersNotReady"),
  };
}

/** The other alternatives are set to null, else the merge would keep them. */
function containerState({ waiting, process }: PodState, now: Date) {
  if (waiting !== undefined) return { running: null, waiting: { reason: waiting } };
  if (process?.ended) {
    const { exitCode, at } = process.ended;
    const terminated = {
      exitCode,
      reason: exitCode === 0 ? "Completed" : "Error",
      startedAt: process.startedAt.toISOString(),
      finishedAt: at.toISOString(),
      containerID: process.id,
    };
    return { running: null, waiting: null, terminated };
  }
  return { running: { startedAt: now.toISOString() }, waiting: null };
}
