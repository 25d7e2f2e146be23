import type { ApiKind, KubeObject } from "../objects/kube-object.ts";

/** What is to be said about an object's readiness. */
export interface AwaitResult {
  readonly state: "done" | "pending" | "failed";

  /** Progress line for the user, such as `[1/2] Waiting for …`. */
  readonly message: string;

  /** Why it is not ready, one line each: shown when waiting ends without success. */
  readonly problems: readonly string[];
}

/** What a result is based on: the object as last seen, and others that tell about it. */
export interface View {
  readonly object: KubeObject;

  /** The object before the update; absent after a create or in a refresh. */
  readonly before?: KubeObject;

  /** Objects of that kind in the same namespace (or the cluster, for kinds outside of any). */
  readonly others: (kind: string) => readonly KubeObject[];
}

/** When an object of one kind counts as ready. */
export interface ReadyRule {
  /** Kinds that {@link View.others} is asked for. */
  readonly related: readonly ApiKind[];
  readonly judge: (view: View) => AwaitResult;

  /** True if running out of time with this view is no failure. */
  readonly passesAtTimeout?: (view: View) => boolean;
}

export function done(message: string): AwaitResult {
  return { state: "done", message, problems: [] };
}

export function pending(message: string, problems: readonly string[] = []): AwaitResult {
  return { state: "pending", message, problems };
}

export function failed(message: string): AwaitResult {
  return { state: "failed", message, problems: [message] };
}

/** A rule that looks at the object alone. */
export function ruleOf(judge: (object: KubeObject) => AwaitResult): ReadyRule {
  return { related: [], judge: (view) => judge(view.object) };
}
