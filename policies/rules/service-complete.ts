import { isLongRunning, namespaceOf, objectName, ofKind } from "../kubernetes.ts";
import { type Located, stackRule, words } from "../rule.ts";

export const serviceComplete = stackRule({
  name: "service-complete",
  demand: "Every service of the shop has a workload, a Service and a network policy of its own",
  why: "What is missing fails only when the first order comes by.",
  mend: "add what is missing, under the service's own name and in its namespace",
  level: "mandatory",
  settings: {
    services: words(
      "The services of the shop.",
      ...["carts", "carts-db", "catalogue", "catalogue-db", "front-end", "orders", "orders-db"],
      ...["payment", "queue-master", "rabbitmq", "session-db", "shipping", "user", "user-db"],
    ),
  },
  judge(stack, { services }) {
    const placed = (resources: Parameters<typeof objectName>[0][]) =>
      new Set(resources.map((it) => `${namespaceOf(it)}/${objectName(it)}`));
    const workloads = stack.resources.filter(isLongRunning);
    const shop = workloads.filter((it) => services.includes(objectName(it)));
    const namespace = shop[0] && namespaceOf(shop[0]);
    if (namespace === undefined) return [];
    const parts: readonly (readonly [string, Set<string>])[] = [
      ["workload", placed(workloads)],
      ["Service", placed([...ofKind(stack, "Service")])],
      ["network policy", placed([...ofKind(stack, "NetworkPolicy")])],
    ];
    return services.flatMap((name): Located[] =>
      parts
        .filter(([, present]) => !present.has(`${namespace}/${name}`))
        .map(([part]) => ({ name, problem: `there is no ${part} of this name in ${namespace}` })),
    );
  },
});
