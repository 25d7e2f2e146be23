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
  description: "No pod shares namespaces, paths or ports of its node, except the listed agents",
  why: "Such a pod can reach the node and all other pods on it.",
  fix:
    "remove hostNetwork, hostPID, hostIPC, hostPath, hostPort and volumes of such paths; " +
    "add an agent that needs them to the setting agents, as namespace/name",
  level: "mandatory",
  settings: {
    agents: stringList("DaemonSets that may share them, as namespace/name.", "datadog/datadog"),
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
