import { updateStack } from "../pulumi/update-stack.ts";
import { startParts } from "../sandbox/start-parts.ts";
import { print } from "../context/context.ts";
import { Failure } from "../context/errors.ts";
import { UpdateRunning } from "../pulumi/update-lock.ts";
import { describeDrift } from "./incident-state.ts";
import { isExpired, formatTime } from "./lease.ts";
import { readLiveState, readAppliedState } from "./read-state.ts";
import type { Session } from "../stack/stack-session.ts";
import { stackHint } from "../stack/hints.ts";

/**
 * Makes the incident state what is asked for. A state that is already asked for and applied is
 * compared with the cluster instead: `pulumi up` alone would not see what somebody did by hand.
 *
 * @throws Failure that says how to go on; the flag then stays as asked, or as it was where the lease
 *   of an incident before has run out
 */
export async function setIncident(session: Session, state: string, diff: boolean): Promise<void> {
  const { context, targets } = session;
  if (!session.dryRun) await assertNoneRanOut(session, state);
  const changes = session.dryRun ? undefined : await changedByHand(session, state);
  if (changes?.length === 0) {
    print(context, `already in ${state}: nothing to do`);
    return;
  }
  for (const change of changes ?? []) print(context, `${change}; putting it back`);
  const parts = await startParts(session);
  const options = { incident: state, refresh: changes !== undefined, diff };
  await updateStack(session, parts, options).catch((cause: unknown) => {
    throw failureOf(cause, state, targets.stack);
  });
  if (!session.dryRun)
    print(context, `\n${doneText(state, targets.incident)}${stackHint(targets.stack)}`);
}

function failureOf(cause: unknown, state: string, stack: string): Failure {
  if (cause instanceof UpdateRunning) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Failure(`${reason}; the flag stays ${state}${wayBack(state, stack)}`, { cause });
}

/** What somebody changed in a state that was already applied; undefined when it is not that. */
async function changedByHand(session: Session, state: string): Promise<string[] | undefined> {
  if (session.targets.incident !== state) return undefined;
  const applied = await readAppliedState(session);
  if (applied.incident !== state || applied.namespace === undefined) return undefined;
  // the stack's word for its state is the last thing of an update, and this one was cut off
  if (state === "none" && applied.lease !== undefined) return undefined;
  const live = await readLiveState(session, applied.namespace);
  return live && describeDrift(applied, live);
}

/** A guard whose time is over would undo the next incident as well, until it is gone itself. */
async function assertNoneRanOut(session: Session, state: string): Promise<void> {
  const { incident, stack } = session.targets;
  if (state === "none" || incident === "none") return;
  const { namespace } = await readAppliedState(session);
  const live = namespace === undefined ? undefined : await readLiveState(session, namespace);
  const { lease } = live ?? {};
  if (!lease?.endsAt || !isExpired(lease, new Date())) return;
  throw new Failure(
    `the lease of incident ${incident} ran out at ${formatTime(lease.endsAt)} and its guard restored ` +
      `the healthy state; first ./lab incident leave${stackHint(stack)}`,
  );
}

function wayBack(state: string, stack: string): string {
  return state === "none" ? "" : `, ./lab incident leave${stackHint(stack)} takes it back`;
}

function doneText(state: string, before: string): string {
  if (state !== "none") {
    return `incident ${state} entered. See it: ./lab incident status; end it: ./lab incident leave`;
  }
  const staged = before === "none" ? "payment-down" : before;
  return `incident left: ${restored(before)}. Stage it again: ./lab incident enter ${staged}`;
}

function restored(before: string): string {
  if (before === "payment-slow" || before === "payment-errors") {
    return "orders reach payment directly again";
  }
  return before === "shipping-slow"
    ? "orders reach shipping directly again"
    : "payment is ready again";
}
