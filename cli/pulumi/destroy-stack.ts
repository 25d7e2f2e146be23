import { access, rm } from "node:fs/promises";
import { partOptions } from "./update-stack.ts";
import { say } from "../context/context.ts";
import { Failure } from "../context/errors.ts";
import { readCheckpoint } from "./file-backend.ts";
import { mendInterrupted } from "./recover-update.ts";
import { destroyArguments } from "./arguments.ts";
import { mustPulumi } from "../stack/stack-session.ts";
import type { Session } from "../stack/stack-session.ts";
import { serversOf } from "../sandbox/servers.ts";
import { isSandboxed, stackHint } from "../stack/stack-config.ts";

/** Destroys the stack; for a stack in the sandbox, ends and removes the sandbox, too. */
export async function takeDown(session: Session): Promise<void> {
  const { context, site, paths } = session;
  if (site.kubeContext !== undefined) {
    await mustPulumi(session, destroyArguments(site.stack));
    return;
  }
  if (!(await exists(paths.stateDir))) {
    say(context, "nothing to do: this checkout has no sandbox");
    return;
  }
  await destroyInSandbox(session);
  if (session.dryRun) {
    say(context, "# stop the sandbox's cluster and every other process that was started");
    say(context, `rm -rf ${paths.stateDir}`);
    return;
  }
  const options = partOptions(session);
  await context.sandbox.stopCluster(options);
  const stopped = await context.sandbox.stopProcesses(options);
  await rm(paths.stateDir, { recursive: true, force: true });
  say(context, `the sandbox is gone${stopped.length ? `; stopped ${stopped.join(", ")}` : ""}`);
}

/**
 * Destroys what the stack made. What lives in the sandbox alone dies with it anyway, so when its
 * cluster is gone or the destroy fails, the state is dropped with a word; objects in a real Datadog
 * account would be forgotten that way, so then the failure stands.
 */
async function destroyInSandbox(session: Session): Promise<void> {
  const { context, site, paths, dryRun } = session;
  if ((await readCheckpoint(paths.backendDir, site.stack)) === undefined) return;
  if (dryRun) {
    await mustPulumi(session, destroyArguments(site.stack));
    return;
  }
  try {
    await reviveDatadog(session);
    await mendInterrupted(session);
    await mustPulumi(session, destroyArguments(site.stack));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (!isSandboxed(site)) {
      const again = `./lab down${stackHint(site.stack)}`;
      throw new Failure(`${reason}; mend the cause and run ${again} again`, { cause: error });
    }
    say(context, `${reason}; dropping the stack's state with the sandbox it lived in`);
  }
}

/** @throws Failure if the cluster is gone, which cannot be revived with its objects */
async function reviveDatadog(session: Session): Promise<void> {
  const { context, site } = session;
  const options = partOptions(session);
  if (!(await context.sandbox.findCluster(options))) {
    throw new Failure("the sandbox's cluster does not answer any more");
  }
  const servers = serversOf(site).filter(({ needsCluster }) => !needsCluster);
  for (const server of servers) await context.sandbox.startServer(options, server);
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}
