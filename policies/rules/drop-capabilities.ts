import { containersOf } from "../kubernetes.ts";
import { at, listAt } from "../values.ts";
import { anyElement, checkEach, findProblems, resourceRule, stringList } from "../rule.ts";

const capabilities = ["securityContext", "capabilities"];

export const dropCapabilities = resourceRule({
  name: "drop-capabilities",
  description: "Every container drops all capabilities and adds allowed ones only",
  why: "Each capability is a part of root's rights, and few programs need one.",
  fix: 'set securityContext.capabilities.drop: ["ALL"] and remove what is added',
  level: "mandatory",
  settings: { allowed: stringList("Capabilities that may be added.", "NET_BIND_SERVICE") },
  evaluate: (resource, { allowed }) =>
    checkEach(containersOf(resource), ({ name, spec }) => {
      const dropsAll = () => anyElement(spec, [...capabilities, "drop"], (it) => it === "ALL");
      const added = [...listAt(spec, ...capabilities, "add").keys()];
      return [
        ...findProblems(() => (dropsAll() ? [] : [`${name} keeps capabilities`])),
        ...checkEach(added, (index) => {
          const capability = String(at(spec, ...capabilities, "add", index));
          return allowed.includes(capability) ? [] : [`${name} adds ${capability}`];
        }),
      ];
    }),
});
