import {
  conditionOf,
  mapAt,
  mapsAt,
  namespaceOf,
  nameOf,
  numberAt,
  stringAt,
  type KubeObject,
} from "../objects/kube-object.ts";

/** Why a pod is not ready, one line each, as the official plugin words them. */
export function podProblems(pod: KubeObject): readonly string[] {
  if (isReady(pod)) return [];
  const scheduled = conditionOf(pod, "PodScheduled");
  if (scheduled !== undefined && stringAt(scheduled, "status") !== "True") {
    const message = stringAt(scheduled, "message");
    return message === "" ? [] : [`[Pod ${displayName(pod)}]: ${message}`];
  }
  const statuses = [
    ...mapsAt(pod, "status", "initContainerStatuses"),
    ...mapsAt(pod, "status", "containerStatuses"),
  ];
  const containers = statuses.flatMap(containerProblems);
  const ready = conditionOf(pod, "Ready");
  const unready = ready === undefined ? "" : stringAt(ready, "message");
  const lines = [unready, ...containers].filter((it) => it !== "");
  return lines.length === 0 ? [] : [`[Pod ${displayName(pod)}]: ${lines.join(": ")}`];
}

export function isReady(pod: KubeObject): boolean {
  const ready = conditionOf(pod, "Ready");
  return stringAt(ready, "status") === "True" || stringAt(pod, "status", "phase") === "Succeeded";
}

/** `namespace/name`, or the name alone in the default namespace. */
export function displayName(object: KubeObject): string {
  const namespace = namespaceOf(object);
  const name = nameOf(object);
  return namespace === "" || namespace === "default" ? name : `${namespace}/${name}`;
}

function containerProblems(status: KubeObject): readonly string[] {
  if (status["ready"] === true) return [];
  return [waiting(status), terminated(status), lastTermination(status)].filter((it) => it !== "");
}

function waiting(status: KubeObject): string {
  const state = mapAt(status, "state", "waiting");
  const reason = stringAt(state, "reason");
  const expected = ["", "ContainerCreating", "PodInitializing"];
  return expected.includes(reason) ? "" : bracketed(reason, stringAt(state, "message"));
}

function terminated(status: KubeObject): string {
  const state = mapAt(status, "state", "terminated");
  const reason = stringAt(state, "reason");
  if (reason === "" || reason === "Completed") return "";
  const message = stringAt(state, "message");
  const code = numberAt(state, "exitCode") ?? 0;
  return message === ""
    ? `container "${stringAt(status, "name")}" completed with exit code ${code}`
    : bracketed(reason, message);
}

function lastTermination(status: KubeObject): string {
  const state = mapAt(status, "lastState", "terminated");
  if (Object.keys(state).length === 0) return "";
  const name = stringAt(status, "name");
  const at = stringAt(state, "finishedAt");
  const code = numberAt(state, "exitCode") ?? 0;
  return `container "${name}" terminated at ${at} (${stringAt(state, "reason")}: exit code ${code})`;
}

function bracketed(reason: string, message: string): string {
  return message === "" ? `[${reason}]` : `[${reason}] ${message}`;
}
