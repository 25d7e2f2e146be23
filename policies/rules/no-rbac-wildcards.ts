import { kindOf } from "../kubernetes.ts";
import { listAt } from "../read.ts";
import { each, resourceRule } from "../rule.ts";

export const noRbacWildcards = resourceRule({
  name: "no-rbac-wildcards",
  demand: "No role has a wildcard",
  why: "A wildcard grants also what is invented later.",
  mend: "list the API groups, resources and verbs that are needed",
  level: "mandatory",
  judge(resource) {
    if (!["Role", "ClusterRole"].includes(kindOf(resource) ?? "")) return [];
    return each([...listAt(resource.inputs, "rules").entries()], ([index, rule]) =>
      ["apiGroups", "resources", "verbs", "nonResourceURLs"]
        .filter((field) => listAt(rule, field).some((value) => String(value).includes("*")))
        .map((field) => `rule ${index} has a wildcard in ${field}`),
    );
  },
});
