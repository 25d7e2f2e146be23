import { signsOf, stateOf } from "../incident.ts";
import { isLongRunning, labelOf } from "../kubernetes.ts";
import { numberAt, textAt } from "../read.ts";
import { amount, attempt, type Located, type Resource, stackRule } from "../rule.ts";

const annotation = "sock-shop/lease";
const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

export const incidentLease = stackRule({
  name: "incident-lease",
  demand: "A staged incident has a guard that ends it after its lease, and nothing else has one",
  why: "An incident that only a person can end is left on by accident.",
  mend: "let the plan of the incident state make the guard; set its length with incidentLease",
  level: "mandatory",
  settings: { hours: amount("Longest lease, in hours.", 24) },
  judge(stack, { hours }) {
    const guards = stack.resources.filter(isGuard);
    const state = stateOf(stack) ?? "none";
    const isStaged = state !== "none" && signsOf(stack).length > 0;
    if (isStaged && guards.length === 0) {
      return [{ name: "lease", problem: `the incident state is ${state}, and no guard ends it` }];
    }
    return guards.flatMap((resource) => {
      const located = (problem: Located["problem"]): Located => ({ resource, problem });
      return attempt(
        () => problemsOf(resource, { isStaged, hours }).map(located),
        (undecided) => [located(undecided)],
      );
    });
  },
});

function isGuard(resource: Resource): boolean {
  return isLongRunning(resource) && labelOf(resource, "app.kubernetes.io/component") === "lease";
}

function problemsOf(guard: Resource, to: { isStaged: boolean; hours: number }): readonly string[] {
  if (!to.isStaged) return ["it exists while no incident is staged"];
  const length = textAt(guard.inputs, "metadata", "annotations", annotation) ?? "";
  const seconds = secondsOf(length);
  if (seconds === undefined) return [`its annotation ${annotation} gives no length such as 2h`];
  if (seconds > to.hours * 3600) return [`its lease of ${length} is above ${to.hours} h`];
  return numberAt(guard.inputs, "spec", "replicas") === 0 ? ["it has no pods"] : [];
}

function secondsOf(length: string): number | undefined {
  const [, count, unit = ""] = /^([1-9]\d*)([smh])$/.exec(length) ?? [];
  const seconds = Number(count) * (secondsPer[unit] ?? 0);
  return seconds > 0 ? seconds : undefined;
}
