import { containersOf } from "../kubernetes.ts";
import { at, listAt } from "../values.ts";
import { anyAt, each, part, resourceRule, words } from "../rule.ts";

const capabilities = ["securityContext", "capabilities"];

export const dropCapabilities = resourceRule({
  name: "drop-capabilities",
  demand: "Every container drops all capabilities and adds none but the allowed",
  why: "Capabilities are parts of root's power, and few programs need any.",
  mend: 'set securityContext.capabilities.drop: ["ALL"] and remove what is added',
  level: "mandatory",
  settings: { allowed: words("Capabilities that may be added.", "NET_BIND_SERVICE") },
  judge: (resource, { allowed }) =>
    each(containersOf(resource), ({ name, spec }) => {
      const dropsAll = () => anyAt(spec, [...capabilities, "drop"], (it) => it === "ALL");
      const added = [...listAt(spec, ...capabilities, "add").keys()];
      return [
        ...part(() => (dropsAll() ? [] : [`${name} keeps capabilities`])),
        ...each(added, (index) => {
          const capability = String(at(spec, ...capabilities, "add", index));
          return allowed.includes(capability) ? [] : [`${name} adds ${capability}`];
        }),
      ];
    }),
});
