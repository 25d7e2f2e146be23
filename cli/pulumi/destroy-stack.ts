import { access } from "node:fs/promises";
import { partOptions } from "../sandbox/start-parts.ts";
import { print } from "../context/context.ts";
import { Failure } from "../context/errors.ts";
import { otherDeployedStacks, readCheckpoint } from "./file-backend.ts";
import { readState } from "./state-file.ts";
import { restoreState } from "./update-stack.ts";
import { removeState } from "../sandbox/remove-state.ts";
import { recoverInterruptedUpdate } from "./recover-update.ts";
import { destroyArguments } from "./arguments.ts";
import { mustPulumi } from "../stack/stack-session.ts";
import type { Session } from "../stack/stack-session.ts";
import { serversOf } from "../sandbox/servers.ts";
import { isSandboxed } from "../stack/stack-config.ts";
import { stackHint } from "../stack/hints.ts";

/** Destroys the stack; for a stack in the sandbox, ends and removes the sandbox, too. */
export async function destroyStack(session: Session): Promise<void> {
  const { context, targets, paths } = session;
  if (targets.kubeContext !== undefined) {
    await mustPulumi(session, destroyArguments(targets.stack));
    return;
  }
  if (!(await exists(paths.stateDir))) {
    print(context, "nothing to do: this checkout has no sandbox");
    return;
  }
  const [other] = await otherDeployedStacks(paths.backendDir, targets.stack);
  if (other !== undefined) {
    await destroyBeside(other, session);
    return;
  }
  await destroyInSandbox(session);
  if (session.dryRun) {
    print(context, "# stop the sandbox's cluster and every other process that was started");
    print(context, `rm -rf ${paths.stateDir}`);
    return;
  }
  const options = partOptions(session);
  await context.sandbox.stopCluster(options);
  const stopped = await context.sandbox.stopProcesses(options);
  const left = await removeState(paths);
  print(context, `the sandbox is gone${stopped.length ? `; stopped ${stopped.join(", ")}` : ""}`);
  if (left !== undefined) print(context, `! ${left} stays: it holds files of others`);
}

/** Destroys the stack alone: the sandbox is another one's as well, and goes on. */
async function destroyBeside(other: string, session: Session): Promise<void> {
  const { context, targets, paths } = session;
  const { stack } = targets;
  const state = await readCheckpoint(paths.backendDir, stack);
  if (state === undefined || readState(state).resources.length === 0) {
    throw new Failure(
      `stack ${stack} is not deployed, and the sandbox is that of stack ${other}; ` +
        `to remove it run ./lab down${stackHint(other)}`,
    );
  }
  if (!session.dryRun) await recoverInterruptedUpdate(session);
  await mustPulumi(session, destroyArguments(stack));
  print(context, `the sandbox stays for stack ${other}; ./lab down${stackHint(other)} removes it`);
}

/**
 * Destroys what the stack made. What lives in the sandbox alone dies with it anyway, so when its
 * cluster is gone or the destroy fails, the state is dropped with a word; objects in a real Datadog
 * account would be forgotten that way, so then the failure stands.
 */
async function destroyInSandbox(session: Session): Promise<void> {
  const { context, targets, paths, dryRun } = session;
  try {
    await restoreState(session);
    if ((await readCheckpoint(paths.backendDir, targets.stack)) === undefined) return;
    if (dryRun) {
      await mustPulumi(session, destroyArguments(targets.stack));
      return;
    }
    await reviveDatadog(session);
    await recoverInterruptedUpdate(session);
    await mustPulumi(session, destroyArguments(targets.stack));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (!isSandboxed(targets)) {
      const again = `./lab down${stackHint(targets.stack)}`;
      throw new Failure(`${reason}; fix the cause, then run ${again}`, { cause: error });
    }
    print(context, `${reason}; dropping the stack's state with the sandbox it lived in`);
  }
}

/** @throws Failure if the cluster is gone, which cannot be revived with its objects */
async function reviveDatadog(session: Session): Promise<void> {
  const { context, targets } = session;
  const options = partOptions(session);
  if (!(await context.sandbox.findCluster(options))) {
    throw new Failure("the sandbox's cluster does not answer any more");
  }
  const servers = serversOf(targets).filter(({ needsCluster }) => !needsCluster);
  for (const server of servers) await context.sandbox.startServer(options, server);
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
