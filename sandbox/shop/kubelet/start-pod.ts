import { randomBytes } from "node:crypto";
import { systemClock } from "../clock.ts";
import { createHttpCall } from "../http/client.ts";
import { imageTraits } from "../images.ts";
import { createPodLog } from "../pod/pod-log.ts";
import type { PodSpec, PodState, PodContext, RunningPod } from "../pod/running-pod.ts";
import { runServicePod } from "./service-pod.ts";
import { isStoreName } from "../stores/stores.ts";
import { openStorePod } from "../stores/store-pods.ts";

/**
 * Starts the program of a pod; rejects where the image is unknown. A program that waits for its
 * database first is started but not listening yet: `state` and `onChange` say when it is.
 */
export async function startPod(spec: PodSpec, podContext: PodContext): Promise<RunningPod> {
  const image = imageTraits(spec.image);
  const clock = podContext.clock ?? systemClock;
  const random = podContext.random ?? randomBytes;
  const lines = createPodLog(clock);

  if (isStoreName(spec.workload)) {
    const { mounts = [], connectionProbes = [], env, workload, podName } = spec;
    const opened = openStorePod(workload, {
      image,
      env,
      mounts,
      clock,
      log: lines.write,
      connectionProbes,
    });
    const state: PodState = { ready: true, restarts: 0 };
    podContext.onChange?.(state);
    return {
      podName,
      containerPort: opened.containerPort,
      ports: new Map(),
      store: opened.store,
      lines,
      state,
      stop: () => {
        opened.stop();
        return Promise.resolve();
      },
    };
  }
  return await runServicePod(spec, {
    image,
    clock,
    random,
    lines,
    call: createHttpCall(podContext.resolve),
    connect: podContext.connect,
    record: podContext.record,
    onChange: podContext.onChange ?? (() => undefined),
  });
}
