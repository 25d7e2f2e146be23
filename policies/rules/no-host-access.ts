import { containersOf, makesPods, objectName, podSpecOf } from "../kubernetes.ts";
import { at, listAt, textAt } from "../read.ts";
import { each, resourceRule, words } from "../rule.ts";

export const noHostAccess = resourceRule({
  name: "no-host-access",
  demand: "No pod shares namespaces, paths or ports of its node, except for the agents named",
  why: "Such a pod sees and reaches what belongs to the node and to all other pods.",
  mend:
    "remove hostNetwork, hostPID, hostIPC, hostPath and hostPort; " +
    "an agent that needs them goes by name into the setting agents",
  level: "mandatory",
  settings: { agents: words("Workloads that may, by their name in the cluster.", "datadog") },
  judge(resource, { agents }) {
    if (!makesPods(resource) || agents.includes(objectName(resource))) return [];
    const pod = podSpecOf(resource);
    const shared = ["hostNetwork", "hostPID", "hostIPC"].filter((key) => at(pod, key) === true);
    return [
      ...shared.map((key) => `its pods have ${key}`),
      ...each(listAt(pod, "volumes"), (volume) =>
        at(volume, "hostPath") === undefined
          ? []
          : [`volume ${textAt(volume, "name") ?? "without a name"} is a path of the node`],
      ),
      ...each(containersOf(resource), ({ name, spec }) =>
        listAt(spec, "ports").some((port) => at(port, "hostPort") !== undefined)
          ? [`${name} takes a port of the node`]
          : [],
      ),
    ];
  },
});
