import type { PodState } from "../pod.ts";
import type { Pod } from "./objects.ts";
import { identify } from "./objects.ts";

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
  if (known?.ready === state.ready && known.restartCount === state.restarts) return undefined;
  return {
    status: {
      conditions: ["ContainersReady", "Ready"].map((type) => condition(type, state, now)),
      containerStatuses: [
        {
          name: container.name,
          image: container.image ?? "",
          imageID: known?.imageID ?? "",
          ready: state.ready,
          restartCount: state.restarts,
          started: state.waiting === undefined,
          state: containerState(state, now),
        },
      ],
    },
  };
}

function condition(type: string, { ready, waiting }: PodState, now: Date) {
  return {
    type,
    status: ready ? "True" : "False",
    lastTransitionTime: now.toISOString(),
    reason: ready ? null : (waiting ?? "ContainersNotReady"),
  };
}

/** The other alternative is set to null, else the merge would keep both. */
function containerState({ waiting }: PodState, now: Date) {
  if (waiting !== undefined) return { running: null, waiting: { reason: waiting } };
  return { running: { startedAt: now.toISOString() }, waiting: null };
}
