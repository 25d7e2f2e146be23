import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { takeLock } from "../../host/file-lock.ts";

/**
 * Runs a task while no other run changes the cache folder.
 *
 * @param onWait called once with the pid of the run that has the lock
 */
export async function withLock<T>(
  cacheDir: string,
  onWait: (holder: number) => void,
  task: () => Promise<T>,
): Promise<T> {
  const release = await waitForLock(join(cacheDir, "lock"), onWait);
  try {
    return await task();
  } finally {
    await release();
  }
}

async function waitForLock(
  lock: string,
  onWait: (holder: number) => void,
): Promise<() => Promise<void>> {
  let waited = false;
  for (;;) {
    const trial = await takeLock(lock);
    if ("release" in trial) return trial.release;
    if (!waited && trial.holder !== undefined) onWait(trial.holder);
    waited = true;
    await sleep(200);
  }
}
