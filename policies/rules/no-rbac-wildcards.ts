import { kindOf } from "../kubernetes.ts";
import { at, listAt, membersAt, textAt } from "../values.ts";
import { checkEach, findProblems, resourceRule, stringList } from "../rule.ts";

const fields = ["apiGroups", "resources", "verbs", "nonResourceURLs"];

export const noRbacWildcards = resourceRule({
  name: "no-rbac-wildcards",
  description: "No role has a wildcard, aggregates other roles or can be used to gain more rights",
  why: "A review sees only what is listed, and a wildcard also grants what is added later.",
  fix: "list the API groups, resources and verbs that are needed; remove aggregationRule",
  level: "mandatory",
  settings: {
    verbs: stringList(
      "Verbs that let an account gain more rights.",
      "bind",
      "escalate",
      "impersonate",
    ),
    resources: stringList(
      "Resources that let an account gain more rights.",
      ...["secrets", "pods/exec", "pods/attach", "pods/ephemeralcontainers"],
      ...["serviceaccounts/token", "nodes/proxy"],
    ),
  },
  evaluate(resource, { verbs, resources }) {
    if (!["Role", "ClusterRole"].includes(kindOf(resource) ?? "")) return [];
    const { inputs } = resource;
    return [
      ...checkEach([...listAt(inputs, "rules").entries()], ([index, rule]) =>
        checkEach(fields, (field) =>
          checkEach([...listAt(rule, field).keys()], (place) => {
            const word = textAt(rule, field, place) ?? "";
            if (word.includes("*")) return [`rule ${index} has a wildcard in ${field}`];
            const gives = field === "verbs" && verbs.includes(word);
            if (gives) return [`rule ${index} gives the verb ${word}`];
            const reaches = field === "resources" && resources.includes(word);
            return reaches ? [`rule ${index} gives access to ${word}`] : [];
          }),
        ),
      ),
      ...findProblems(() =>
        at(inputs, "aggregationRule") === undefined
          ? []
          : ["it aggregates the rules of other roles"],
      ),
      ...findProblems(() =>
        membersAt(inputs, "metadata", "labels")
          .filter(([label]) => label.startsWith("rbac.authorization.k8s.io/aggregate-to-"))
          .map(([label]) => `its label ${label} adds its rules to another role`),
      ),
    ];
  },
});
