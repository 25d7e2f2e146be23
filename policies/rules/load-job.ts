import { isLoad } from "../incident.ts";
import { containersOf, kindOf, podSpecOf } from "../kubernetes.ts";
import { at, listAt, numberAt, textAt } from "../values.ts";
import { number, checkEach, findProblems, type Resource, resourceRule } from "../rule.ts";

export const loadJob = resourceRule({
  name: "load-job",
  description:
    "The load runs once, ends by itself, and simulates at most the allowed number of users",
  why:
    "Load that is retried, removes itself or never ends causes a second incident, " +
    "or runs again at the next refresh.",
  fix:
    "set backoffLimit 0, restartPolicy Never and activeDeadlineSeconds, " +
    "remove ttlSecondsAfterFinished, parallelism and completions, and lower --users",
  level: "mandatory",
  settings: {
    users: number("Maximum number of users at the same time.", 500),
    workers: number("Maximum number of locust's workers, which share the users.", 10),
    seconds: number("Maximum run time in seconds.", 3900),
  },
  evaluate(resource, { users, workers, seconds }) {
    if (!isLoad(resource)) return [];
    const kind = kindOf(resource) ?? "";
    if (!["Job", "CronJob"].includes(kind)) return [`it is a ${kind}, which never ends`];
    const { inputs } = resource;
    const path = kind === "CronJob" ? ["spec", "jobTemplate", "spec"] : ["spec"];
    const of = (key: string) => at(inputs, ...path, key);
    const countOf = (key: string) => numberAt(of(key)) ?? 1;
    const shared = () => isWorker(resource) && countOf("parallelism") <= workers;
    const rules: readonly (readonly [() => boolean, string])[] = [
      [() => kind === "Job", "it runs again on a schedule"],
      [() => numberAt(of("backoffLimit")) === 0, "it is retried when it fails"],
      [
        () => textAt(podSpecOf(resource), "restartPolicy") === "Never",
        "its container is restarted",
      ],
      [() => of("ttlSecondsAfterFinished") === undefined, "it removes itself"],
      [() => countOf("parallelism") <= 1 || shared(), "it runs in several pods at a time"],
      [
        () =>
          countOf("completions") <= 1 ||
          (isWorker(resource) && countOf("completions") <= countOf("parallelism")),
        "it runs several times",
      ],
    ];
    return [
      ...checkEach(rules, ([holds, problem]) => (holds() ? [] : [problem])),
      ...findProblems(() => deadlineProblem(numberAt(of("activeDeadlineSeconds")), seconds)),
      ...findProblems(() => usersProblem(resource, users)),
      ...checkEach(containersOf(resource), ({ spec }) =>
        at(spec, "resources", "limits") === undefined ? ["it has no resource limits"] : [],
      ),
    ];
  },
});

function deadlineProblem(deadline: number | undefined, longest: number): readonly string[] {
  if (deadline === undefined) return ["it has no deadline"];
  return deadline <= longest ? [] : [`its deadline is above ${longest} s`];
}

function usersProblem(resource: Resource, most: number): readonly string[] {
  if (!saysUsers(resource) && isWorker(resource)) return [];
  const asked = usersOf(resource);
  if (asked === undefined) return ["it does not say how many users it simulates"];
  return asked <= most ? [] : [`it simulates more than ${most} users`];
}

/** Whether every container is a worker of locust, which simulates what its master tells it. */
function isWorker(resource: Resource): boolean {
  const containers = containersOf(resource);
  return (
    containers.length > 0 && containers.every(({ spec }) => wordsOf(spec).includes("--worker"))
  );
}

function saysUsers(resource: Resource): boolean {
  return containersOf(resource).some(
    ({ spec }) => usersInWords(spec).length + usersInVariables(spec).length > 0,
  );
}

/** Users of all containers together; undefined where none says a number, or one says another word. */
function usersOf(resource: Resource): number | undefined {
  const asked = containersOf(resource).flatMap(({ spec }) => {
    const words = [...usersInWords(spec), ...usersInVariables(spec)];
    return words.length === 0 ? [] : [Math.max(...words.map(numberOf))];
  });
  const sum = asked.reduce((total, users) => total + users, 0);
  return asked.length === 0 || Number.isNaN(sum) ? undefined : sum;
}

/** What a container's command line says of users, in every spelling that locust takes. */
function usersInWords(spec: unknown): readonly string[] {
  const words = wordsOf(spec);
  return words.flatMap((word, index) => {
    const [found, value] = /^(?:--us(?:e(?:rs?)?)?(?:=|$)|-u=?)(.*)$/.exec(word) ?? [];
    return found === undefined ? [] : [value === "" ? (words[index + 1] ?? "") : (value ?? "")];
  });
}

function wordsOf(spec: unknown): readonly string[] {
  return ["command", "args"]
    .flatMap((key) => listAt(spec, key).map((_, index) => textAt(spec, key, index) ?? ""))
    .flatMap((word) => word.split(/\s+/));
}

function usersInVariables(spec: unknown): readonly string[] {
  return listAt(spec, "env")
    .filter((variable) => textAt(variable, "name") === "LOCUST_USERS")
    .map((variable) => textAt(variable, "value") ?? "");
}

function numberOf(word: string): number {
  return /^\d+$/.test(word) ? Number(word) : NaN;
}
