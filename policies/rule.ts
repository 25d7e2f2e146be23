import { at, listAt, Undecided } from "./values.ts";

/** One resource as plain data: what the program asked for, secrets included in the clear. */
export interface Resource {
  readonly urn: string;

  /** Type token, for instance `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;

  /** Name of the Pulumi stack. */
  readonly stack: string;
}

/** All resources of a stack, and what the stack says about itself. */
export interface Stack {
  readonly name: string;

  /** The stack's output `incident`; absent in stacks that have none, possibly unknown. */
  readonly incident?: unknown;
  readonly resources: readonly Resource[];
}

/** What is wrong, as a clause about the resource; or that it cannot be said yet. */
export type Problem = string | Undecided;

/** A problem that a rule on the whole stack found. */
export interface Located {
  /** The resource; absent when it is missing altogether. */
  readonly resource?: Resource | undefined;

  /** Name of what is missing, where there is no resource. */
  readonly name?: string;
  readonly problem: Problem;

  /** Where the problem is undecided: that the update would decide it too late to be of use. */
  readonly blocksPreview?: true;
}

/** `disabled` rules run only where a configuration file switches them on. */
type Level = "advisory" | "mandatory" | "disabled";

/** A value that policies/config.json, or a file of the user's own, can change. */
interface Setting<Value> {
  readonly description: string;
  readonly default: Value;
}

type SettingValue = number | readonly string[];
type Settings = Readonly<Record<string, Setting<SettingValue>>>;
type Values<S extends Settings> = { readonly [Key in keyof S]: S[Key]["default"] };

/** What every rule says about itself. */
interface RuleDescription {
  readonly name: string;

  /** What must hold, in one sentence without a full stop. */
  readonly description: string;
  readonly why: string;
  readonly fix: string;
  readonly level: Level;
}

/** A rule as the pack, the tests and the documentation see it. */
export type Rule = RuleDescription & {
  readonly settings: Settings;
} & (
    | {
        readonly on: "resource";
        evaluate(resource: Resource, config: object): readonly Problem[];
      }
    | {
        readonly on: "stack";
        evaluate(stack: Stack, config: object): readonly Located[];
      }
  );

/** A rule on single resources, which can be checked before they change. */
export function resourceRule<S extends Settings>(
  rule: RuleDescription & {
    readonly settings?: S;
    evaluate(resource: Resource, config: Values<S>): readonly Problem[];
  },
): Rule {
  const settings = rule.settings ?? {};
  return {
    ...rule,
    settings,
    on: "resource",
    evaluate: (resource, config) => rule.evaluate(resource, merged<S>(settings, config)),
  };
}

/** A rule on how resources fit together. */
export function stackRule<S extends Settings>(
  rule: RuleDescription & {
    readonly settings?: S;
    evaluate(stack: Stack, config: Values<S>): readonly Located[];
  },
): Rule {
  const settings = rule.settings ?? {};
  return {
    ...rule,
    settings,
    on: "stack",
    evaluate: (stack, config) => rule.evaluate(stack, merged<S>(settings, config)),
  };
}

/** A setting that is a list of texts. */
export function stringList(
  description: string,
  ...values: readonly string[]
): Setting<readonly string[]> {
  return { description, default: values };
}

/** A setting that is a number. */
export function number(description: string, value: number): Setting<number> {
  return { description, default: value };
}

/** The problems that one part finds; what it cannot decide is one of them. */
export function findProblems(check: () => readonly Problem[]): readonly Problem[] {
  return catchUndecided(check, (undecided) => [undecided]);
}

/** Collects the problems of several parts, where one that is unknown does not hide the others. */
export function checkEach<Item>(
  items: readonly Item[],
  check: (item: Item) => readonly Problem[],
): readonly Problem[] {
  return items.flatMap((item) => findProblems(() => check(item)));
}

/** Like `checkEach` for rules on the whole stack: every problem stands at its resource. */
export function checkResources(
  resources: readonly Resource[],
  check: (resource: Resource) => readonly Problem[],
): readonly Located[] {
  return resources.flatMap((resource) =>
    findProblems(() => check(resource)).map((problem) => ({ resource, problem })),
  );
}

/**
 * Whether a check holds for one of several.
 *
 * @throws Undecided when it is unknown for one of them, and holds for no other
 */
export function anyHolds<Item>(items: readonly Item[], check: (item: Item) => boolean): boolean {
  const answers = items.map((item) =>
    catchUndecided<boolean | Undecided>(() => check(item), identity),
  );
  if (answers.includes(true)) return true;
  const undecided = answers.find((answer) => answer instanceof Undecided);
  if (undecided) throw undecided;
  return false;
}

/** `anyHolds` for the elements of the list at a path, with the place of the one that is unknown. */
export function anyElement(
  value: unknown,
  path: readonly (string | number)[],
  check: (element: unknown) => boolean,
): boolean {
  const indexes = [...listAt(value, ...path).keys()];
  return anyHolds(indexes, (index) => check(at(value, ...path, index)));
}

/** The first that is decided, or else the first that is not. */
export function firstKnown(problems: readonly Problem[]): Problem | undefined {
  return problems.find((problem) => typeof problem === "string") ?? problems[0];
}

/** Runs a check; what it cannot decide becomes a result of its own. */
export function catchUndecided<Result>(
  check: () => Result,
  otherwise: (undecided: Undecided) => Result,
): Result {
  try {
    return check();
  } catch (error) {
    if (error instanceof Undecided) return otherwise(error);
    throw error;
  }
}

function identity<Value>(value: Value): Value {
  return value;
}

function merged<S extends Settings>(settings: Settings, config: object): Values<S> {
  const defaults = Object.entries(settings).map(([key, setting]) => [key, setting.default]);
  return { ...Object.fromEntries(defaults), ...config } as Values<S>;
}
