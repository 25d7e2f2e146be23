import type { CallContext } from "../../grpc/provider.ts";
import { awaitOptions } from "../objects/annotations.ts";
import { awaitReady } from "../await/await-object.ts";
import { ruleFor } from "../await/rules.ts";
import { kindOf, type KubeObject } from "../objects/kube-object.ts";
import type { ProviderConnection } from "../provider-connection.ts";

export interface ReadyTask {
  /** As the server answered the write. */
  readonly object: KubeObject;

  /** The object before the write, if it was there. */
  readonly before?: KubeObject;
  readonly inputs: KubeObject;
  readonly timeoutMs: number;
  readonly context: CallContext;
  readonly urn: string;
}

/** Waits until the object is ready, unless the user said not to. Throws AwaitError. */
export async function becomeReady(
  provider: ProviderConnection,
  task: ReadyTask,
): Promise<KubeObject> {
  const { object, context, urn } = task;
  const rule = ruleFor(kindOf(object), awaitOptions(task.inputs));
  if (rule === undefined) return object;
  const say = (message: string) => context.log({ severity: "info", message, urn, ephemeral: true });
  const live = await awaitReady(provider.cluster, rule, {
    object,
    timeoutMs: task.timeoutMs,
    signal: context.signal,
    report: (message) => void say(message),
    ...(task.before === undefined ? {} : { before: task.before }),
  });
  await say("");
  return live;
}

/** Shows one line at a time, in order; "" clears it. */
export function progressLine(
  { log }: CallContext,
  urn: string,
): (message: string) => Promise<void> {
  let last = Promise.resolve();
  return (message) => {
    last = last.then(() => log({ severity: "info", message, urn, ephemeral: true }));
    return last;
  };
}
