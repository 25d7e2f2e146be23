import type { Preview, Violation } from "../pulumi/preview-events.ts";
import { contractTable } from "../contract/contract-table.ts";
import type { Contract } from "../contract/check-contract.ts";
import { truncateRows } from "../framework/truncate-rows.ts";
import type { DeclaredChange } from "./declared-changes.ts";

/** What the report shows. */
export interface Review {
  /** Commit or branch that the change is compared with; absent when git finds none. */
  readonly base?: string;

  /** What the change does to the resources, by state of the flag. */
  readonly changes: ReadonlyMap<string, readonly DeclaredChange[]>;
  readonly contract: Contract;

  /** Previews with the policy pack, by stack and state. */
  readonly previews: ReadonlyMap<string, Preview>;

  /** Lines of docs/detection.md that the change removes and adds; empty when it changes none. */
  readonly detection: readonly string[];
}

/** GitHub takes comments of up to 65536 characters. */
const longest = 60_000;

/** Every reason why the change must not be merged; none when it may. */
export function objections({ contract, previews }: Review): readonly string[] {
  return [
    ...contract.problems,
    ...[...previews].flatMap(([name, { violations, policies, complete }]) => [
      ...violations
        .filter((it) => counts(it, previews))
        .map((it) => `${name}: ${it.policy} ${it.resource}`.trim()),
      ...(policies.length === 0 ? [`${name}: no policy ran`] : []),
      ...(complete || violations.some((it) => counts(it, previews))
        ? []
        : [`${name}: the preview did not finish`]),
    ]),
  ];
}

/** The report as Markdown, short enough for a comment. */
export function reportLines(review: Review): readonly string[] {
  const lines = wholeReport(review);
  let length = 0;
  const fitting = lines.filter((line) => (length += line.length + 1) <= longest);
  if (fitting.length === lines.length) return lines;
  return [
    ...fitting,
    "",
    `_${lines.length - fitting.length} lines are left out: a comment has a limit._`,
  ];
}

function wholeReport(review: Review): readonly string[] {
  const found = objections(review);
  return [
    "# Review of the change",
    "",
    found.length === 0
      ? "No objections: the contract holds, and no policy is violated."
      : `**${found.length} objections**, see below.`,
    "",
    `## What it changes${review.base === undefined ? "" : ` against \`${review.base}\``}`,
    "",
    ...changeTable(review),
    "",
    "## What the flag changes",
    "",
    ...contractTable(review.contract),
    "",
    "## Policies",
    "",
    ...policyTable(review.previews),
    "",
    "## Detection matrix",
    "",
    ...(review.detection.length === 0
      ? ["Unchanged."]
      : ["```diff", ...truncateRows(review.detection, (line) => line), "```"]),
  ];
}

/**
 * What could not be decided in a preview counts as violated here: nobody looks at it again. It does
 * not count where another preview decided the same of the same resource, as that of the applied
 * sandbox does for what `dev` has not made yet; unless it stops an update by itself.
 */
function counts(violation: Violation, previews: Review["previews"]): boolean {
  if (isUndecided(violation)) return !isSettled(violation, previews);
  return violation.level === "mandatory";
}

function isSettled(violation: Violation, previews: Review["previews"]): boolean {
  const { policy, resource, type, level } = violation;
  if (level === "mandatory") return false;
  return [...previews.values()].some(
    ({ steps, violations }) =>
      steps.some((step) => step.name === resource && step.type === type) &&
      !violations.some(
        (it) => it.policy === policy && it.resource === resource && it.type === type,
      ),
  );
}

function isUndecided({ message }: Violation): boolean {
  return message.includes(": undecided: ");
}

function changeTable({ base, changes }: Review): readonly string[] {
  if (base === undefined) return ["There is no earlier version to compare with."];
  const byChange = new Map<string, string[]>();
  for (const [state, list] of changes) {
    for (const { operation, resource, properties } of list) {
      const cells = row(operation, `\`${resource}\``, properties.join(", "));
      byChange.set(cells, [...(byChange.get(cells) ?? []), state]);
    }
  }
  if (byChange.size === 0) return ["It changes no resource in any state of the flag."];
  const table = [...byChange].map(([cells, states]) => {
    const all = states.length === changes.size;
    return `| ${all ? "all" : states.map((state) => `\`${state}\``).join(", ")} ${cells}`;
  });
  return [
    row("state", "operation", "resource", "properties"),
    row("---", "---", "---", "---"),
    ...truncateRows(table, (text) => row("…", "", text, "")),
  ];
}

function policyTable(previews: Review["previews"]): readonly string[] {
  const rows = [...previews].map(([name, { violations, policies }]) => {
    const number = (belongs: (violation: Violation) => boolean) =>
      String(violations.filter(belongs).length);
    const undecided = number(isUndecided);
    const mandatory = number((it) => it.level === "mandatory" && !isUndecided(it));
    const advisory = number((it) => it.level !== "mandatory" && !isUndecided(it));
    return row(name, String(policies.length), mandatory, undecided, advisory);
  });
  const found = [...previews].flatMap(([name, { violations }]) => {
    const settled = violations.filter((it) => isUndecided(it) && isSettled(it, previews));
    return [
      ...violations
        .filter((it) => !settled.includes(it))
        .map((it) => `- ${name}, **${it.policy}**: ${it.message.replaceAll("\n", " ")}`),
      ...settledLine(name, settled),
    ];
  });
  return [
    row("preview", "policies", "violated", "undecided", "advice"),
    row("---", "---", "---", "---", "---"),
    ...rows,
    ...(found.length === 0 ? [] : ["", ...truncateRows(found, (text) => `- ${text}`)]),
  ];
}

function settledLine(name: string, settled: readonly Violation[]): readonly string[] {
  if (settled.length === 0) return [];
  const what = settled.map(({ policy, resource }) => `${policy} of ${resource}`).join(", ");
  return [`- ${name}, undecided, but another preview decided the same: ${what}.`];
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
