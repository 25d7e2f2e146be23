import { containersOf, isLongRunning, labelOf, makesPods, podTemplateOf } from "./kubernetes.ts";
import { numberAt, textAt, UNKNOWN, Undecided } from "./values.ts";
import { anyHolds, checkEach, type Problem, type Resource, type Stack } from "./rule.ts";

/** The state that the stack says it is in; undefined for a stack that says nothing. */
export function stateOf({ incident }: Stack): string | undefined {
  if (incident === UNKNOWN) throw new Undecided("output incident of the stack");
  return textAt(incident);
}

const loadTools = /(^|[/-])(locust|k6|jmeter|gatling|vegeta|artillery|siege|wrk2?|hey|fortio)\b/;

/** Whether a resource is load that simulates customers, whatever kind of workload runs it. */
export function isLoad(resource: Resource): boolean {
  return makesPods(resource) && !isGuard(resource) && plays(resource, "load", loadTools);
}

/** Whether a resource is the guard of an incident, which runs the image of the load. */
export function isGuard(resource: Resource): boolean {
  return isLongRunning(resource) && labelOf(resource, "app.kubernetes.io/component") === "lease";
}

/** Whether a resource is the proxy that delays or spoils requests. */
export function isFaultProxy(resource: Resource): boolean {
  return makesPods(resource) && plays(resource, "proxy", /envoy|fault-proxy/);
}

/** Whether a resource says that it plays a part, or runs a program that does: images are mirrored. */
function plays(resource: Resource, part: string, image: RegExp): boolean {
  const says = (object: unknown) =>
    textAt(object, "metadata", "labels", "app.kubernetes.io/component") === part;
  const signs: readonly (() => boolean)[] = [
    () => says(resource.inputs),
    () => says(podTemplateOf(resource)),
    () => anyHolds(containersOf(resource), ({ spec }) => image.test(textAt(spec, "image") ?? "")),
  ];
  return anyHolds(signs, (holds) => holds());
}

/** Whether a resource is a workload without pods. */
export function isScaledToZero(resource: Resource): boolean {
  return isLongRunning(resource) && numberAt(resource.inputs, "spec", "replicas") === 0;
}

/** What of an incident the stack declares, whatever it says of its state; and what may be one. */
export function signsOf({ resources }: Stack): readonly Problem[] {
  return resources.flatMap((resource) => {
    const { name } = resource;
    const signs = [
      { shows: isLoad, sign: `load Job ${name}` },
      { shows: isFaultProxy, sign: `fault proxy ${name}` },
      { shows: isScaledToZero, sign: `${name} without pods` },
    ];
    return checkEach(signs, ({ shows, sign }) => (shows(resource) ? [sign] : []));
  });
}
