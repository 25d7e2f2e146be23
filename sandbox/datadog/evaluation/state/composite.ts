/** Statuses of a monitor or of one of its groups. */
export type Status = "OK" | "No Data" | "Warn" | "Alert";

export type CompositeTree =
  | { readonly kind: "member"; readonly id: number }
  | { readonly kind: "not"; readonly of: CompositeTree }
  | {
      readonly kind: "and" | "or";
      readonly left: CompositeTree;
      readonly right: CompositeTree;
    };

/** From the least to the most severe; all but OK are alert-worthy. */
const severities: readonly Status[] = ["OK", "No Data", "Warn", "Alert"];

export function moreSevere(a: Status, b: Status): Status {
  return severities.indexOf(a) > severities.indexOf(b) ? a : b;
}

/**
 * Status of a condition over the statuses of its members.
 * https://docs.datadoghq.com/monitors/types/composite/#computing-trigger-conditions
 */
export function compositeStatus(tree: CompositeTree, statusOf: (id: number) => Status): Status {
  switch (tree.kind) {
    case "member":
      return statusOf(tree.id);
    case "not":
      return negated(compositeStatus(tree.of, statusOf));
    case "and":
    case "or": {
      const left = compositeStatus(tree.left, statusOf);
      const right = compositeStatus(tree.right, statusOf);
      const more = moreSevere(left, right);
      if (tree.kind === "or") return more;
      return more === left ? right : left;
    }
  }
}

function negated(status: Status): Status {
  if (status === "No Data") return "No Data";
  return status === "OK" ? "Alert" : "OK";
}

/** The members of a condition, each once. */
export function membersOf(tree: CompositeTree): readonly number[] {
  switch (tree.kind) {
    case "member":
      return [tree.id];
    case "not":
      return membersOf(tree.of);
    case "and":
    case "or":
      return [...new Set([...membersOf(tree.left), ...membersOf(tree.right)])];
  }
}

/** Reads ids joined by `!`, `&&`, `||` and brackets, in this precedence; undefined if it is not. */
export function parseComposite(query: string): CompositeTree | undefined {
  const tokens = query.match(/\d+|&&|\|\||[!()]|\S/g) ?? [];
  let at = 0;
  const either = (): CompositeTree | undefined => joined("||", "or", both);
  const both = (): CompositeTree | undefined => joined("&&", "and", single);
  const tree = either();
  return at === tokens.length ? tree : undefined;

  function joined(
    operator: string,
    kind: "and" | "or",
    operand: () => CompositeTree | undefined,
  ): CompositeTree | undefined {
    let left = operand();
    while (left !== undefined && tokens[at] === operator) {
      at += 1;
      const right = operand();
      left = right === undefined ? undefined : { kind, left, right };
    }
    return left;
  }

  function single(): CompositeTree | undefined {
    const token = tokens[at] ?? "";
    at += 1;
    if (token === "!") {
      const of = single();
      return of === undefined ? undefined : { kind: "not", of };
    }
    if (token === "(") {
      const inner = either();
      at += 1;
      return tokens[at - 1] === ")" ? inner : undefined;
    }
    return /^\d+$/.test(token) ? { kind: "member", id: Number(token) } : undefined;
  }
}
