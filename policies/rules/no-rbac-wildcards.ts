import { kindOf } from "../kubernetes.ts";
import { at, listAt, textAt } from "../values.ts";
import { each, part, resourceRule, words } from "../rule.ts";

const fields = ["apiGroups", "resources", "verbs", "nonResourceURLs"];

export const noRbacWildcards = resourceRule({
  name: "no-rbac-wildcards",
  demand: "No role has a wildcard, takes over other roles or can be used to get more",
  why: "What is not listed cannot be seen in review, and a wildcard grants also what comes later.",
  mend: "list the API groups, resources and verbs that are needed, and remove aggregationRule",
  level: "mandatory",
  settings: {
    verbs: words("Verbs by which more can be had.", "bind", "escalate", "impersonate"),
  },
  judge(resource, { verbs }) {
    if (!["Role", "ClusterRole"].includes(kindOf(resource) ?? "")) return [];
    const { inputs } = resource;
    return [
      ...each([...listAt(inputs, "rules").entries()], ([index, rule]) =>
        each(fields, (field) =>
          each([...listAt(rule, field).keys()], (place) => {
            const word = textAt(rule, field, place) ?? "";
            if (word.includes("*")) return [`rule ${index} has a wildcard in ${field}`];
            const gives = field === "verbs" && verbs.includes(word);
            return gives ? [`rule ${index} gives the verb ${word}`] : [];
          }),
        ),
      ),
      ...part(() =>
        at(inputs, "aggregationRule") === undefined
          ? []
          : ["it takes over the rules of other roles"],
      ),
    ];
  },
});
