import { containersOf } from "../kubernetes.ts";
import { at } from "../values.ts";
import { each, resourceRule } from "../rule.ts";

export const readOnlyRoot = resourceRule({
  name: "read-only-root",
  demand: "Every container's root file system is read-only",
  why: "What cannot be written cannot be changed by an intruder, nor fill the node's disk.",
  mend: "set securityContext.readOnlyRootFilesystem: true and mount an emptyDir where it must write",
  level: "mandatory",
  judge: (resource) =>
    each(containersOf(resource), ({ name, spec }) =>
      at(spec, "securityContext", "readOnlyRootFilesystem") === true
        ? []
        : [`${name} can write to its root file system`],
    ),
});
