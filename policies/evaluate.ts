import { Undecided } from "./values.ts";
import { attempt, type Located, part, type Resource, type Rule, type Stack } from "./rule.ts";

/** One sentence of a judgement, ready for people. */
export interface Finding {
  readonly rule: string;

  /** Name of the resource, or of what is missing. */
  readonly where: string;

  /** The resource to show it at; empty for the stack as a whole. */
  readonly urn: string;
  readonly undecided: boolean;

  /** Whether it has the rule's own level; otherwise it is advice, whatever that level is. */
  readonly counts: boolean;

  /** What, where, why, and how to mend it. */
  readonly message: string;
}

/** Judges one resource; rules on stacks have nothing to say about it. */
export function judgeResource(rule: Rule, resource: Resource, config: object): readonly Finding[] {
  if (rule.on !== "resource") return [];
  return part(() => rule.judge(resource, config)).map((problem) =>
    finding(rule, { resource, problem }),
  );
}

/** Judges a whole stack; rules on single resources have nothing to say about it. */
export function judgeStack(rule: Rule, stack: Stack, config: object): readonly Finding[] {
  if (rule.on !== "stack") return [];
  return attempt<readonly Located[]>(
    () => rule.judge(stack, config),
    (problem) => [{ name: stack.name, problem }],
  ).map((located) => finding(rule, located));
}

/** Everything that the rules in force say about a stack, in the order of the rules. */
export function judgeAll(
  rules: readonly Rule[],
  stack: Stack,
  config: Readonly<Record<string, object>> = {},
): readonly Finding[] {
  const inForce = rules.filter(({ level }) => level !== "disabled");
  return inForce.flatMap((rule) => {
    const own = config[rule.name] ?? {};
    return [
      ...stack.resources.flatMap((resource) => judgeResource(rule, resource, own)),
      ...judgeStack(rule, stack, own),
    ];
  });
}

function finding(rule: Rule, { resource, name, problem, late }: Located): Finding {
  const where = resource?.name ?? name ?? "the stack";
  const undecided = problem instanceof Undecided;
  const what = undecided ? `undecided: ${problem.message}` : problem;
  return {
    rule: rule.name,
    where,
    urn: resource?.urn ?? "",
    undecided,
    counts: !undecided || late === true,
    message: `${where}: ${what}.\nWhy: ${rule.why}\nMend: ${rule.mend}`,
  };
}
