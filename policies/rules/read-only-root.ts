import { containersOf } from "../kubernetes.ts";
import { at } from "../values.ts";
import { checkEach, resourceRule } from "../rule.ts";

export const readOnlyRoot = resourceRule({
  name: "read-only-root",
  description: "Every container's root file system is read-only",
  why: "An intruder cannot change a read-only file system, and no program can fill the node's disk.",
  fix: "set securityContext.readOnlyRootFilesystem: true and mount an emptyDir where the program must write",
  level: "mandatory",
  evaluate: (resource) =>
    checkEach(containersOf(resource), ({ name, spec }) =>
      at(spec, "securityContext", "readOnlyRootFilesystem") === true
        ? []
        : [`${name} can write to its root file system`],
    ),
});
