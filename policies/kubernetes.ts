import { at, listAt, membersAt, textAt } from "./values.ts";
import { anyElement, catchUndecided, type Resource, type Stack } from "./rule.ts";

/** Kinds that keep pods running for as long as they exist. */
const longRunning = [
  ...["Deployment", "StatefulSet", "DaemonSet"],
  ...["ReplicaSet", "ReplicationController"],
];
const workloads = [...longRunning, "Job", "CronJob"];

/** One container of a pod, with the name that messages call it by. */
export interface Container {
  readonly name: string;
  readonly spec: unknown;
}

/** The Kubernetes kind that a resource is of; undefined for everything else. */
export function kindOf({ type }: Resource): string | undefined {
  return /^kubernetes:[^:]+:([A-Z]\w*)$/.exec(type)?.[1];
}

export function isWorkload(resource: Resource): boolean {
  return workloads.includes(kindOf(resource) ?? "");
}

export function isLongRunning(resource: Resource): boolean {
  return longRunning.includes(kindOf(resource) ?? "");
}

/** Name of the object in the cluster, which callers use; it need not be the resource's. */
export function objectName({ inputs, name }: Resource): string {
  return textAt(inputs, "metadata", "name") ?? name;
}

export function namespaceOf({ inputs }: Resource): string {
  return textAt(inputs, "metadata", "namespace") ?? "default";
}

/** Label of an object. */
export function labelOf(resource: Resource, label: string): string | undefined {
  return textAt(resource.inputs, "metadata", "labels", label);
}

/** The pod template of a workload; a bare pod is its own. */
export function podTemplateOf(resource: Resource): unknown {
  const { inputs } = resource;
  const kind = kindOf(resource);
  if (kind === "Pod") return inputs;
  if (kind === "CronJob") return at(inputs, "spec", "jobTemplate", "spec", "template");
  return isWorkload(resource) ? at(inputs, "spec", "template") : undefined;
}

export function podSpecOf(resource: Resource): unknown {
  return at(podTemplateOf(resource), "spec");
}

/** Whether a resource makes pods. */
export function makesPods(resource: Resource): boolean {
  return isWorkload(resource) || kindOf(resource) === "Pod";
}

/** All containers that a resource starts, the ones that initialise included. */
export function containersOf(resource: Resource): readonly Container[] {
  if (!makesPods(resource)) return [];
  const pod = podSpecOf(resource);
  return [...listAt(pod, "initContainers"), ...listAt(pod, "containers")].map(named);
}

/** The containers that run for as long as the pod does, the ones that start first included. */
export function servingContainersOf(resource: Resource): readonly Container[] {
  if (!isLongRunning(resource)) return [];
  const pod = podSpecOf(resource);
  const staying = listAt(pod, "initContainers").filter(
    (spec) => textAt(spec, "restartPolicy") === "Always",
  );
  return [...staying, ...listAt(pod, "containers")].map(named);
}

function named(spec: unknown, index: number): Container {
  const name = catchUndecided(
    () => textAt(spec, "name"),
    () => undefined,
  );
  return { name: `container ${name ?? String(index)}`, spec };
}

/** Whether a label selector takes what has these labels; an empty one takes everything. */
export function selects(selector: unknown, labels: unknown): boolean {
  const wanted = membersAt(selector, "matchLabels").map(([key]) => key);
  return (
    wanted.every((key) => textAt(labels, key) === textAt(selector, "matchLabels", key)) &&
    listAt(selector, "matchExpressions").every((expression) => meets(labels, expression))
  );
}

function meets(labels: unknown, expression: unknown): boolean {
  const value = textAt(labels, textAt(expression, "key") ?? "");
  const isListed = () => anyElement(expression, ["values"], (it) => it === value);
  switch (textAt(expression, "operator") ?? "") {
    case "In":
      return value !== undefined && isListed();
    case "NotIn":
      return value === undefined || !isListed();
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return false;
  }
}

/** The resources of one kind. */
export function ofKind({ resources }: Stack, ...kinds: readonly string[]): readonly Resource[] {
  return resources.filter((resource) => kinds.includes(kindOf(resource) ?? ""));
}

/** The values of a Helm release or chart, with the chart's name; undefined for everything else. */
export function helmOf({ type, inputs }: Resource) {
  if (!/^kubernetes:helm\.sh\/v\d:(Release|Chart)$/.test(type)) return undefined;
  const chart = textAt(inputs, "chart") ?? "";
  return { chart: chart.split("/").at(-1) ?? "", values: at(inputs, "values") };
}

/** All texts inside of a value, with the path of each. */
export function textsIn(value: unknown, path = ""): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[path, value]];
  if (Array.isArray(value)) {
    return value.flatMap((inner, index) => textsIn(inner, `${path}[${index}]`));
  }
  return membersAt(value).flatMap(([key, inner]) =>
    textsIn(inner, path === "" ? key : `${path}.${key}`),
  );
}
