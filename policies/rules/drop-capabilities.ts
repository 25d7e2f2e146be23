import { containersOf } from "../kubernetes.ts";
import { listAt } from "../read.ts";
import { each, resourceRule, words } from "../rule.ts";

export const dropCapabilities = resourceRule({
  name: "drop-capabilities",
  demand: "Every container drops all capabilities and adds none but the allowed",
  why: "Capabilities are parts of root's power, and few programs need any.",
  mend: 'set securityContext.capabilities.drop: ["ALL"] and remove what is added',
  level: "mandatory",
  settings: { allowed: words("Capabilities that may be added.", "NET_BIND_SERVICE") },
  judge: (resource, { allowed }) =>
    each(containersOf(resource), ({ name, spec }) => {
      const capabilities = (field: string) =>
        listAt(spec, "securityContext", "capabilities", field);
      const added = capabilities("add").filter((it) => !allowed.includes(String(it)));
      return [
        ...(capabilities("drop").includes("ALL") ? [] : [`${name} keeps capabilities`]),
        ...added.map((it) => `${name} adds ${String(it)}`),
      ];
    }),
});
