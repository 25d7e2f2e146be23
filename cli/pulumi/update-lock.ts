import { createHash } from "node:crypto";
import { join } from "node:path";
import { takeLock } from "../../sandbox/host/file-lock.ts";
import { Failure } from "../context/errors.ts";
import type { Session } from "../stack/stack-session.ts";

/** Another program is changing the stack; nothing was changed by this one, the flag included. */
export class UpdateRunning extends Failure {}

/**
 * Runs an update while no other `lab` of this checkout runs one: Pulumi saves the flag in the stack's
 * file before it finds the stack locked, so the loser of two would leave its own flag there.
 *
 * @throws UpdateRunning if another update runs
 */
export async function withUpdateLock<T>(session: Session, update: () => Promise<T>): Promise<T> {
  const { paths, targets, dryRun } = session;
  if (dryRun) return await update();
  const checkout = createHash("sha256").update(paths.root).digest("hex").slice(0, 12);
  const trial = await takeLock(join(paths.cacheDir, "locks", `${checkout}-${targets.stack}`));
  if (!("release" in trial)) {
    const who = trial.holder === undefined ? "" : ` (pid ${trial.holder})`;
    throw new UpdateRunning(
      `stack ${targets.stack} is being changed by another ./lab${who}; wait for it, then try again`,
    );
  }
  try {
    return await update();
  } finally {
    await trial.release();
  }
}
