import {
  conditionOf,
  isOwnedBy,
  numberAt,
  stringAt,
  type KubeObject,
} from "../objects/kube-object.ts";
import { displayName, podProblems } from "./pod-problems.ts";
import {
  done,
  failed,
  pending,
  type ReadyRule,
  type AwaitResult,
  type View,
} from "./await-result.ts";

/**
 * Ready when complete. A failed Job is final, whatever the reason; the official plugin knows only
 * two of the reasons and waits for the others until its time-out.
 */
export const jobRule: ReadyRule = {
  related: [{ apiVersion: "v1", kind: "Pod" }],
  judge,
};

/** Whether the Job has run to its end with success. */
export function isComplete(job: KubeObject): boolean {
  return stringAt(conditionOf(job, "Complete"), "status") === "True";
}

function judge({ object, others }: View): AwaitResult {
  const failure = conditionOf(object, "Failed");
  if (stringAt(failure, "status") === "True") {
    return failed(`[${stringAt(failure, "reason")}] ${stringAt(failure, "message")}`);
  }
  if (isComplete(object)) return done("Job completed");
  const problems = others("Pod")
    .filter((it) => isOwnedBy(it, object))
    .flatMap(podProblems);
  return pending(progress(object), problems);
}

function progress(job: KubeObject): string {
  const name = displayName(job);
  if (stringAt(job, "status", "startTime") === "") return `Waiting for Job "${name}" to start`;
  const count = (field: string) => numberAt(job, "status", field) ?? 0;
  const [active, succeeded, failures] = [count("active"), count("succeeded"), count("failed")];
  return (
    `Waiting for Job "${name}" to succeed ` +
    `(Active: ${active} | Succeeded: ${succeeded} | Failed: ${failures})`
  );
}
