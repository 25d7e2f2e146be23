import type { Cluster } from "../api/cluster.ts";
import { nameOf, namespaceOf, stringAt, valueAt, type KubeObject } from "../objects/kube-object.ts";
import { awaitGoal, type AwaitTask } from "./waiting.ts";
import { pending, type ReadyRule, type AwaitResult } from "./await-result.ts";

/** Waits until the rule holds; answers the object as it is then. Throws AwaitError. */
export async function awaitReady(
  cluster: Cluster,
  rule: ReadyRule,
  task: AwaitTask,
): Promise<KubeObject> {
  return await awaitGoal(cluster, task, {
    related: rule.related,
    judge: (view) => rule.judge(view),
    passesAtTimeout: (view) => rule.passesAtTimeout?.(view) === true,
    verb: "be ready",
  });
}

/** Judges once, by what is there now. */
export async function judgeNow(
  cluster: Cluster,
  rule: ReadyRule,
  object: KubeObject,
): Promise<AwaitResult> {
  const namespace = namespaceOf(object);
  const lists = await Promise.all(
    rule.related.map(async (kind) => [kind.kind, await cluster.list(kind, namespace)] as const),
  );
  const others = new Map(lists);
  return rule.judge({ object, others: (kind) => others.get(kind) ?? [] });
}

/** Waits until the object is gone, or another one has its name. Throws AwaitError. */
export async function awaitDeleted(cluster: Cluster, task: AwaitTask): Promise<void> {
  await awaitGoal(cluster, task, {
    related: [],
    judge: judgeDeletion,
    verb: "be deleted",
    goneIsDone: true,
  });
}

function judgeDeletion({ object }: { readonly object: KubeObject }): AwaitResult {
  const finalizers = valueAt(object, ["metadata", "finalizers"]);
  const names = Array.isArray(finalizers) ? finalizers.map(String).join(", ") : "";
  const since = stringAt(object, "metadata", "deletionTimestamp");
  return pending(
    `Waiting for "${nameOf(object)}" to be deleted`,
    names === "" ? [] : [`finalizers might be preventing deletion (${names}) since ${since}`],
  );
}
