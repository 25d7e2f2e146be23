import { Undecided } from "./values.ts";
import {
  catchUndecided,
  type Located,
  findProblems,
  type Resource,
  type Rule,
  type Stack,
} from "./rule.ts";

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

  /** What, where, why, and how to fix it. */
  readonly message: string;
}

/** Judges one resource; rules on stacks have nothing to say about it. */
export function evaluateResource(
  rule: Rule,
  resource: Resource,
  config: object,
): readonly Finding[] {
  if (rule.on !== "resource") return [];
  return findProblems(() => rule.evaluate(resource, config)).map((problem) =>
    finding(rule, { resource, problem }),
  );
}

/** Judges a whole stack; rules on single resources have nothing to say about it. */
export function evaluateStack(rule: Rule, stack: Stack, config: object): readonly Finding[] {
  if (rule.on !== "stack") return [];
  return catchUndecided<readonly Located[]>(
    () => rule.evaluate(stack, config),
    (problem) => [{ name: stack.name, problem }],
  ).map((located) => finding(rule, located));
}

/** Everything that the rules in force say about a stack, in the order of the rules. */
export function evaluateAll(
  rules: readonly Rule[],
  stack: Stack,
  config: Readonly<Record<string, object>> = {},
): readonly Finding[] {
  const inForce = rules.filter(({ level }) => level !== "disabled");
  return inForce.flatMap((rule) => {
    const own = config[rule.name] ?? {};
    return [
      ...stack.resources.flatMap((resource) => evaluateResource(rule, resource, own)),
      ...evaluateStack(rule, stack, own),
    ];
  });
}

function finding(rule: Rule, { resource, name, problem, blocksPreview }: Located): Finding {
  const where = resource?.name ?? name ?? "the stack";
  const undecided = problem instanceof Undecided;
  const what = undecided ? `undecided: ${problem.message}` : problem;
  return {
    rule: rule.name,
    where,
    urn: resource?.urn ?? "",
    undecided,
    counts: !undecided || blocksPreview === true,
    message: `${where}: ${what}.\nWhy: ${rule.why}\nFix: ${rule.fix}`,
  };
}
