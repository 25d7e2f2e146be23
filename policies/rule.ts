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
  readonly late?: true;
}

/** `disabled` rules run only where a configuration file switches them on. */
type Level = "advisory" | "mandatory" | "disabled";

/** A value that policies/config.json, or a file of the user's own, can change. */
interface Setting<Value> {
  readonly about: string;
  readonly default: Value;
}

type SettingValue = number | readonly string[];
type Settings = Readonly<Record<string, Setting<SettingValue>>>;
type Values<S extends Settings> = { readonly [Key in keyof S]: S[Key]["default"] };

/** What every rule tells about itself. */
interface About {
  readonly name: string;

  /** What must hold, in one sentence without a full stop. */
  readonly demand: string;
  readonly why: string;
  readonly mend: string;
  readonly level: Level;
}

/** A rule as the pack, the tests and the documentation see it. */
export type Rule = About & {
  readonly settings: Settings;
} & (
    | {
        readonly on: "resource";
        judge(resource: Resource, config: object): readonly Problem[];
      }
    | {
        readonly on: "stack";
        judge(stack: Stack, config: object): readonly Located[];
      }
  );

/** A rule on single resources, which can be judged before they change. */
export function resourceRule<S extends Settings>(
  rule: About & {
    readonly settings?: S;
    judge(resource: Resource, config: Values<S>): readonly Problem[];
  },
): Rule {
  const settings = rule.settings ?? {};
  return {
    ...rule,
    settings,
    on: "resource",
    judge: (resource, config) => rule.judge(resource, merged<S>(settings, config)),
  };
}

/** A rule on how resources fit together. */
export function stackRule<S extends Settings>(
  rule: About & {
    readonly settings?: S;
    judge(stack: Stack, config: Values<S>): readonly Located[];
  },
): Rule {
  const settings = rule.settings ?? {};
  return {
    ...rule,
    settings,
    on: "stack",
    judge: (stack, config) => rule.judge(stack, merged<S>(settings, config)),
  };
}

/** A setting that is a list of words. */
export function words(about: string, ...values: readonly string[]): Setting<readonly string[]> {
  return { about, default: values };
}

/** A setting that is a number. */
export function amount(about: string, value: number): Setting<number> {
  return { about, default: value };
}

/** The problems that one part finds; what it cannot decide is one of them. */
export function part(check: () => readonly Problem[]): readonly Problem[] {
  return attempt(check, (undecided) => [undecided]);
}

/** Collects the problems of several parts, where one that is unknown does not hide the others. */
export function each<Item>(
  items: readonly Item[],
  check: (item: Item) => readonly Problem[],
): readonly Problem[] {
  return items.flatMap((item) => part(() => check(item)));
}

/** Like `each` for rules on the whole stack: every problem stands at its resource. */
export function eachOf(
  resources: readonly Resource[],
  check: (resource: Resource) => readonly Problem[],
): readonly Located[] {
  return resources.flatMap((resource) =>
    part(() => check(resource)).map((problem) => ({ resource, problem })),
  );
}

/**
 * Whether a check holds for one of several.
 *
 * @throws Undecided when it is unknown for one of them, and holds for no other
 */
export function anyOf<Item>(items: readonly Item[], check: (item: Item) => boolean): boolean {
  const answers = items.map((item) => attempt<boolean | Undecided>(() => check(item), identity));
  if (answers.includes(true)) return true;
  const undecided = answers.find((answer) => answer instanceof Undecided);
  if (undecided) throw undecided;
  return false;
}

/** `anyOf` for the elements of the list at a path, with the place of the one that is unknown. */
export function anyAt(
  value: unknown,
  path: readonly (string | number)[],
  check: (element: unknown) => boolean,
): boolean {
  const indexes = [...listAt(value, ...path).keys()];
  return anyOf(indexes, (index) => check(at(value, ...path, index)));
}

/** The first that is decided, or else the first that is not. */
export function firstKnown(problems: readonly Problem[]): Problem | undefined {
  return problems.find((problem) => typeof problem === "string") ?? problems[0];
}

/** Runs a check; what it cannot decide becomes a result of its own. */
export function attempt<Result>(
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
