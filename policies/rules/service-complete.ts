import {
  isLongRunning,
  namespaceOf,
  objectName,
  ofKind,
  podTemplateOf,
  selects,
} from "../kubernetes.ts";
import { at, Undecided } from "../values.ts";
import {
  anyHolds,
  checkEach,
  checkResources,
  firstKnown,
  type Problem,
  type Resource,
  type Stack,
  stackRule,
  stringList,
} from "../rule.ts";

const labels = ["metadata", "labels"];

export const serviceComplete = stackRule({
  name: "service-complete",
  description:
    "Every service of the shop has a workload, a Service and a network policy of its own",
  why: "A missing part fails only when the first order needs it.",
  fix: "add the missing part under the service's own name, in its namespace",
  level: "mandatory",
  settings: {
    services: stringList(
      "The services of the shop.",
      ...["carts", "carts-db", "catalogue", "catalogue-db", "front-end", "orders", "orders-db"],
      ...["payment", "queue-master", "rabbitmq", "session-db", "shipping", "user", "user-db"],
    ),
  },
  evaluate(stack, { services }) {
    const workloads = stack.resources.filter(isLongRunning);
    const policies = ofKind(stack, "NetworkPolicy");
    const home = homeOf(workloads, services);
    const { name } = stack;
    if (home instanceof Undecided) return [{ name, problem: home }];
    if (home === undefined) {
      return isOurs(stack) ? [{ name, problem: "none of the shop's services runs" }] : [];
    }
    const parts = [
      { part: "workload", of: workloads },
      { part: "Service", of: ofKind(stack, "Service") },
      { part: "network policy", of: policies },
    ];
    const missing = services.flatMap((service) =>
      checkEach(parts, ({ part, of }) =>
        anyHolds(of, isAt(home, service)) ? [] : [`there is no ${part} of this name in ${home}`],
      ).map((problem) => ({ name: service, problem })),
    );
    return [
      ...missing,
      ...checkResources(policies, (policy) => {
        const service = objectName(policy);
        if (!services.includes(service) || namespaceOf(policy) !== home) return [];
        const selectsOwn = (it: Resource) =>
          isAt(home, service)(it) &&
          selects(at(policy.inputs, "spec", "podSelector"), at(podTemplateOf(it), ...labels));
        return anyHolds(workloads, selectsOwn) ? [] : [`it selects none of the pods of ${service}`];
      }),
    ];
  },
});

function isAt(namespace: string, name: string): (resource: Resource) => boolean {
  return (resource) => objectName(resource) === name && namespaceOf(resource) === namespace;
}

/** Namespace of the shop; undefined where none of its services runs. */
function homeOf(workloads: readonly Resource[], services: readonly string[]): Problem | undefined {
  return firstKnown(
    checkEach(workloads, (it) => (services.includes(objectName(it)) ? [namespaceOf(it)] : [])),
  );
}

/** The pack may judge other stacks: ours says which incident it is in, and has a cluster. */
function isOurs({ incident, resources }: Stack): boolean {
  return (
    incident !== undefined &&
    resources.some(({ type }) => /^(pulumi:providers:)?kubernetes\b/.test(type))
  );
}
