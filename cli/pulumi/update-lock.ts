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
  const { targets } = session;
  if (session.dryRun) return await update();
  const trial = await takeLock(lockFile(session));
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

/** A stack on the user's own cluster leaves no folder in the checkout. */
function lockFile({ paths, targets: { stack, kubeContext } }: Session): string {
  if (kubeContext === undefined) return join(paths.runDir, `update-${stack}.lock`);
  const checkout = createHash("sha256").update(paths.root).digest("hex").slice(0, 12);
  return join(paths.cacheDir, "locks", `${checkout}-${stack}`);
}
