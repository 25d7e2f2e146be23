import { isLoadJob } from "../incident.ts";
import { containersOf, podSpecOf } from "../kubernetes.ts";
import { at, listAt, numberAt, textAt } from "../read.ts";
import { amount, each, type Resource, resourceRule } from "../rule.ts";

export const loadJob = resourceRule({
  name: "load-job",
  demand: "The load runs once, ends by itself, and is no larger than allowed",
  why:
    "Load that is retried, removes itself or never ends makes a second incident, " +
    "or is run again by the next refresh.",
  mend:
    "set backoffLimit 0, restartPolicy Never and activeDeadlineSeconds, " +
    "leave ttlSecondsAfterFinished out, and lower --users",
  level: "mandatory",
  settings: {
    users: amount("Most customers at the same time.", 500),
    seconds: amount("Longest time that it may run, in seconds.", 3900),
  },
  judge(resource, { users, seconds }) {
    if (!isLoadJob(resource)) return [];
    const { inputs } = resource;
    const deadline = numberAt(inputs, "spec", "activeDeadlineSeconds");
    const asked = usersOf(resource);
    const rules: readonly (readonly [boolean, string])[] = [
      [numberAt(inputs, "spec", "backoffLimit") === 0, "it is tried again when it fails"],
      [textAt(podSpecOf(resource), "restartPolicy") === "Never", "its container is restarted"],
      [at(inputs, "spec", "ttlSecondsAfterFinished") === undefined, "it removes itself"],
      [deadline !== undefined, "it has no deadline"],
      [(deadline ?? 0) <= seconds, `its deadline is above ${seconds} s`],
      [asked !== undefined, "it does not say how many users it plays"],
      [(asked ?? 0) <= users, `it plays more than ${users} users`],
      [
        each(containersOf(resource), ({ spec }) =>
          at(spec, "resources", "limits") === undefined ? ["no limits"] : [],
        ).length === 0,
        "it has no resource limits",
      ],
    ];
    return rules.filter(([holds]) => !holds).map(([, problem]) => problem);
  },
});

function usersOf(resource: Resource): number | undefined {
  const words = containersOf(resource).flatMap(({ spec }) =>
    listAt(spec, "args").map((word) => textAt(word) ?? ""),
  );
  return numberAt(words.map((word) => /^--users=(\d+)$/.exec(word)?.[1]).find(Boolean));
}
