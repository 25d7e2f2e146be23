import { stringAt, type ApiKind, type KubeObject } from "../objects/kube-object.ts";
import { claimRule } from "./claim.ts";
import { daemonSetRule } from "./daemon-set.ts";
import { deploymentRule } from "./deployment.ts";
import { ingressRule } from "./ingress.ts";
import { jobRule } from "./job.ts";
import { isReady, podProblems } from "./pod-problems.ts";
import { serviceRule } from "./service.ts";
import { statefulSetRule } from "./stateful-set.ts";
import { done, failed, pending, ruleOf, type ReadyRule } from "./await-result.ts";
import { waitForRule } from "./wait-for.ts";

const RULES: Readonly<Record<string, ReadyRule>> = {
  "apps/v1/DaemonSet": daemonSetRule,
  "apps/v1/Deployment": deploymentRule,
  "apps/v1/StatefulSet": statefulSetRule,
  "batch/v1/Job": jobRule,
  "networking.k8s.io/v1/Ingress": ingressRule,
  "v1/Namespace": ruleOf((it) => phaseResult(it, ["Active"])),
  "v1/PersistentVolume": ruleOf((it) => phaseResult(it, ["Available", "Bound"])),
  "v1/PersistentVolumeClaim": claimRule,
  "v1/Pod": ruleOf(judgePod),
  "v1/Service": serviceRule,
};

/** What the user says about waiting. */
interface Wishes {
  readonly skipAwait: boolean;
  readonly waitFor: string | undefined;
}

/** When an object counts as ready; undefined if it is so once it exists. */
export function ruleFor({ apiVersion, kind }: ApiKind, wishes: Wishes): ReadyRule | undefined {
  if (wishes.skipAwait) return undefined;
  if (wishes.waitFor !== undefined) return waitForRule(wishes.waitFor);
  return RULES[`${apiVersion}/${kind}`];
}

const JUDGED_BY_READ = new Set([
  ..."apps/v1/DaemonSet apps/v1/Deployment apps/v1/StatefulSet batch/v1/Job".split(" "),
  ..."networking.k8s.io/v1/Ingress v1/Pod v1/Service".split(" "),
]);

/**
 * When an object that is read counts as ready. As in the official plugin, `waitFor` does not matter
 * here: it says what an update waits for, while a read tells what is wrong with the object.
 */
export function ruleForRead(
  { apiVersion, kind }: ApiKind,
  { skipAwait }: Pick<Wishes, "skipAwait">,
): ReadyRule | undefined {
  const id = `${apiVersion}/${kind}`;
  return skipAwait || !JUDGED_BY_READ.has(id) ? undefined : RULES[id];
}

// Kinds for which the official plugin skips waiting for the deletion too, if told to skip awaits.
const SKIPS_AWAIT_OF_DELETE = new Set([
  ..."v1/Namespace v1/Pod v1/ReplicationController batch/v1/Job".split(" "),
  ..."apps/v1/DaemonSet apps/v1/Deployment apps/v1/StatefulSet".split(" "),
]);

export function skipsAwaitOfDelete({ apiVersion, kind }: ApiKind): boolean {
  return SKIPS_AWAIT_OF_DELETE.has(`${apiVersion}/${kind}`);
}

function phaseResult(object: KubeObject, phases: readonly string[]) {
  const phase = stringAt(object, "status", "phase");
  const wanted = phases.join(" or ");
  return phases.includes(phase)
    ? done(phase)
    : pending(`Waiting for phase ${wanted}`, [`its phase is "${phase}", not ${wanted}`]);
}

function judgePod(pod: KubeObject) {
  if (isReady(pod)) return done("Pod is ready");
  const [problem = "the Pod failed"] = podProblems(pod);
  if (stringAt(pod, "status", "phase") === "Failed") return failed(problem);
  return pending("Waiting for Pod to be ready", podProblems(pod));
}
