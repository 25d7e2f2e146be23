import { containersOf, isLongRunning, kindOf, labelOf, objectName } from "./kubernetes.ts";
import { numberAt, textAt, UNKNOWN, Undecided } from "./read.ts";
import type { Resource, Stack } from "./rule.ts";

/** The state that the stack says it is in; undefined for a stack that says nothing. */
export function stateOf({ incident }: Stack): string | undefined {
  if (incident === UNKNOWN) throw new Undecided("output incident of the stack");
  return textAt(incident);
}

/** Whether a resource is load that plays customers. */
export function isLoadJob(resource: Resource): boolean {
  return kindOf(resource) === "Job" && labelOf(resource, "app.kubernetes.io/component") === "load";
}

/** Whether a resource is the proxy that delays or spoils requests. */
export function isFaultProxy(resource: Resource): boolean {
  return (
    isLongRunning(resource) &&
    containersOf(resource).some(({ spec }) => /(^|\/)envoy/.test(textAt(spec, "image") ?? ""))
  );
}

/** Whether a resource is a workload without pods. */
export function isScaledToZero(resource: Resource): boolean {
  return isLongRunning(resource) && numberAt(resource.inputs, "spec", "replicas") === 0;
}

/** What of an incident the stack declares, whatever it says of its state. */
export function signsOf({ resources }: Stack): readonly string[] {
  return resources.flatMap((resource) => [
    ...(isLoadJob(resource) ? [`load Job ${objectName(resource)}`] : []),
    ...(isFaultProxy(resource) ? [`fault proxy ${objectName(resource)}`] : []),
    ...(isScaledToZero(resource) ? [`${objectName(resource)} without pods`] : []),
  ]);
}
