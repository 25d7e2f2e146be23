import {
  containersOf,
  kindOf,
  makesPods,
  namespaceOf,
  objectName,
  podSpecOf,
} from "../kubernetes.ts";
import { at, listAt, textAt } from "../values.ts";
import {
  anyElement,
  checkEach,
  type Problem,
  type Resource,
  resourceRule,
  stringList,
} from "../rule.ts";

export const noHostAccess = resourceRule({
  name: "no-host-access",
  description: "No pod but the agents named shares namespaces, paths or ports of its node",
  why: "Such a pod sees and reaches what belongs to the node and to all other pods.",
  fix:
    "remove hostNetwork, hostPID, hostIPC, hostPath and hostPort, and volumes of such paths; " +
    "an agent that needs them goes by its namespace and name into the setting agents",
  level: "mandatory",
  settings: {
    agents: stringList(
      "DaemonSets that may, by namespace and name in the cluster.",
      "datadog/datadog",
    ),
  },
  evaluate(resource, { agents }) {
    if (kindOf(resource) === "PersistentVolume") return problemsOfVolume(resource);
    if (!makesPods(resource) || isAgent(resource, agents)) return [];
    const pod = podSpecOf(resource);
    return [
      ...checkEach(["hostNetwork", "hostPID", "hostIPC"], (key) =>
        at(pod, key) === true ? [`its pods have ${key}`] : [],
      ),
      ...checkEach(listAt(pod, "volumes"), (volume) =>
        at(volume, "hostPath") === undefined
          ? []
          : [`volume ${textAt(volume, "name") ?? "without a name"} is a path of the node`],
      ),
      ...checkEach(containersOf(resource), ({ name, spec }) =>
        anyElement(spec, ["ports"], (port) => at(port, "hostPort") !== undefined)
          ? [`${name} takes a port of the node`]
          : [],
      ),
    ];
  },
});

function isAgent(resource: Resource, agents: readonly string[]): boolean {
  return (
    kindOf(resource) === "DaemonSet" &&
    agents.includes(`${namespaceOf(resource)}/${objectName(resource)}`)
  );
}

/** A claim mounts the path into a pod, which then names no path itself. */
function problemsOfVolume({ inputs }: Resource): readonly Problem[] {
  return checkEach(["hostPath", "local"], (source) =>
    at(inputs, "spec", source) === undefined ? [] : ["it is a path of the node"],
  );
}
