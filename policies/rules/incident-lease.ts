import { isGuard, signsOf, stateOf } from "../incident.ts";
import { numberAt, textAt, Undecided } from "../values.ts";
import {
  number,
  anyHolds,
  checkEach,
  checkResources,
  firstKnown,
  findProblems,
  type Resource,
  type Stack,
  stackRule,
} from "../rule.ts";

const annotation = "sock-shop/lease";
const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

export const incidentLease = stackRule({
  name: "incident-lease",
  description:
    "A staged incident has a guard that ends it after its lease; without an incident there is no guard",
  why: "An incident that only a person can end may be left on by accident.",
  fix: "let the plan of the incident state create the guard; set the length with incidentLease",
  level: "mandatory",
  settings: { hours: number("Maximum length of a lease, in hours.", 24) },
  evaluate(stack, { hours }) {
    const missing = findProblems(() =>
      !anyHolds(stack.resources, isGuard) && isStaged(stack)
        ? [`the incident state is ${stateOf(stack) ?? "none"}, and no guard ends it`]
        : [],
    );
    return [
      ...missing.map((problem) => ({ name: "lease", problem })),
      ...checkResources(stack.resources, (resource) =>
        isGuard(resource)
          ? checkEach([needOf(stack), lengthOf(resource, hours), podsOf(resource)], (find) =>
              find(),
            )
          : [],
      ),
    ];
  },
});

/** Whether the stack says that it is in an incident, and shows anything of it. */
function isStaged(stack: Stack): boolean {
  if ((stateOf(stack) ?? "none") === "none") return false;
  const sign = firstKnown(signsOf(stack));
  if (sign instanceof Undecided) throw sign;
  return sign !== undefined;
}

type Find = () => readonly string[];

function needOf(stack: Stack): Find {
  return () => (isStaged(stack) ? [] : ["it exists while no incident is staged"]);
}

function lengthOf({ inputs }: Resource, hours: number): Find {
  return () => {
    const length = textAt(inputs, "metadata", "annotations", annotation) ?? "";
    const seconds = secondsOf(length);
    if (seconds === undefined) return [`its annotation ${annotation} gives no length such as 2h`];
    return seconds > hours * 3600 ? [`its lease of ${length} is above ${hours} h`] : [];
  };
}

function podsOf({ inputs }: Resource): Find {
  return () => (numberAt(inputs, "spec", "replicas") === 0 ? ["it has no pods"] : []);
}

function secondsOf(length: string): number | undefined {
  const [, count, unit = ""] = /^([1-9]\d*)([smh])$/.exec(length) ?? [];
  const seconds = Number(count) * (secondsPer[unit] ?? 0);
  return seconds > 0 ? seconds : undefined;
}
