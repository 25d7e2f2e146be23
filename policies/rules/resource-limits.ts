import { containersOf } from "../kubernetes.ts";
import { at } from "../values.ts";
import { checkEach, resourceRule } from "../rule.ts";

const wanted = ["requests.cpu", "requests.memory", "limits.cpu", "limits.memory"];

export const resourceLimits = resourceRule({
  name: "resource-limits",
  description: "Every container requests CPU and memory, and limits both",
  why: "A service without limits can slow the others down: then the incident is not the staged one.",
  fix: "set cpu and memory in resources.requests and resources.limits",
  level: "mandatory",
  evaluate: (resource) =>
    checkEach(containersOf(resource), ({ name, spec }) => {
      const missing = wanted.filter((path) => isNothing(at(spec, "resources", ...path.split("."))));
      return missing.length === 0 ? [] : [`${name} has no ${missing.join(", ")}`];
    }),
});

/** A quantity of zero is taken for none, `0` as well as `0.0Mi`. */
function isNothing(quantity: unknown): boolean {
  if (typeof quantity === "number") return quantity <= 0;
  return typeof quantity !== "string" || /^0*\.?0*[A-Za-z]*$/.test(quantity);
}
