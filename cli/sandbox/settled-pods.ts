import type { PodReport } from "../../sandbox/shop/control-app.ts";

/** Longest wait for pods that start, and for pods that say they cannot: it may be for now only. */
const patienceMs = 30_000;
const troublePatienceMs = 10_000;
const periodMs = 100;

/**
 * Waits until every pod of the shop is ready and the cluster knows it, or it is clear that one will
 * not be.
 *
 * @returns one line for each pod that is not ready
 */
export async function settledPods(
  pods: () => Promise<readonly PodReport[]>,
  pause: (ms: number) => Promise<unknown>,
): Promise<string[]> {
  for (let waitedMs = 0; ; waitedMs += periodMs) {
    const open = (await pods()).filter(({ settled }) => !settled);
    const limit = open.every(isTroubled) ? troublePatienceMs : patienceMs;
    if (open.length === 0 || waitedMs >= limit) return open.map(podTrouble);
    await pause(periodMs);
  }
}

function isTroubled({ problem }: PodReport): boolean {
  return problem !== undefined && problem !== "ContainerCreating";
}

function podTrouble({ name, problem }: PodReport): string {
  return `pod ${name} is not ready: ${problem ?? `no good answer in ${patienceMs / 1000} s`}`;
}
