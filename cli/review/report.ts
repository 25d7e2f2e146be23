import type { Preview, Violation } from "../contract/preview-log.ts";
import { contractTable } from "../contract/table.ts";
import type { Contract } from "../contract/verdict.ts";
import type { DeclaredChange } from "./declared-changes.ts";

/** What a reviewer gets to see. */
export interface Review {
  /** Commit or branch that the change is compared with; absent when there is none to be found. */
  readonly base?: string;

  /** What the change does to the resources, by state of the flag. */
  readonly changes: ReadonlyMap<string, readonly DeclaredChange[]>;
  readonly contract: Contract;

  /** Previews with the policy pack, by stack and state. */
  readonly previews: ReadonlyMap<string, Preview>;

  /** Lines of docs/detection.md that the change removes and adds; empty when it changes none. */
  readonly detection: readonly string[];
}

/** Most rows of one table; a reviewer reads no more, and a comment holds no more. */
const mostRows = 60;

/** Every reason why the change must not be merged; none when it may. */
export function objections({ contract, previews }: Review): readonly string[] {
  return [
    ...contract.problems,
    ...[...previews].flatMap(([name, { violations, policies, complete }]) => [
      ...violations
        .filter((it) => counts(it, previews))
        .map((it) => `${name}: ${it.policy} ${it.resource}`.trim()),
      ...(policies.length === 0 ? [`${name}: no policy was asked`] : []),
      ...(complete || violations.some((it) => counts(it, previews))
        ? []
        : [`${name}: the preview broke off`]),
    ]),
  ];
}

/** The report as Markdown. */
export function reportLines(review: Review): readonly string[] {
  const found = objections(review);
  return [
    "# Review of the change",
    "",
    found.length === 0
      ? "Nothing against it: the contract holds, and no policy is violated."
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
      : ["```diff", ...shortened(review.detection, (line) => line), "```"]),
  ];
}

/**
 * What could not be decided in a preview counts as violated here: nobody looks at it again. It does
 * not count where another preview decided the same of the same resource, as that of the applied
 * sandbox does for what `dev` has not made yet.
 */
function counts(violation: Violation, previews: Review["previews"]): boolean {
  if (isUndecided(violation)) return !isSettled(violation, previews);
  return violation.level === "mandatory";
}

function isSettled({ policy, resource }: Violation, previews: Review["previews"]): boolean {
  return [...previews.values()].some(
    ({ steps, violations }) =>
      steps.some(({ name }) => name === resource) &&
      !violations.some((it) => it.policy === policy && it.resource === resource),
  );
}

function isUndecided({ message }: Violation): boolean {
  return message.includes(": undecided: ");
}

function changeTable({ base, changes }: Review): readonly string[] {
  if (base === undefined) return ["There is no earlier version to compare with."];
  const rows = [...changes].flatMap(([state, list]) => list.map((change) => ({ state, change })));
  if (rows.length === 0) return ["No resource, in no state of the flag."];
  const table = rows.map(({ state, change: { operation, resource, properties } }) =>
    row(`\`${state}\``, operation, `\`${resource}\``, properties.join(", ")),
  );
  return [
    row("state", "operation", "resource", "properties"),
    row("---", "---", "---", "---"),
    ...shortened(table, (text) => row("…", "", text, "")),
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
    ...(found.length === 0 ? [] : ["", ...shortened(found, (text) => `- ${text}`)]),
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

function shortened(lines: readonly string[], more: (text: string) => string): readonly string[] {
  if (lines.length <= mostRows) return lines;
  return [...lines.slice(0, mostRows), more(`and ${lines.length - mostRows} more`)];
}
