import { columns } from "../framework/columns.ts";
import { truncateRows } from "../framework/truncate-rows.ts";
import type { Contract, Judged, Pair } from "./check-contract.ts";

/** The contract as text: what each change of the flag changes, then what breaks it. */
export function contractLines({ pairs, problems }: Contract): readonly string[] {
  const rows = pairs.map(({ from, to, differences }) => [
    from,
    to,
    differences.length === 0 ? "nothing" : summary(differences),
  ]);
  return [
    ...columns([["from", "to", "changes"], ...rows], ""),
    "",
    ...(problems.length === 0
      ? [`the contract holds for ${pairs.length} changes of the flag`]
      : ["the contract is broken:", ...listed(problems, "  ")]),
  ];
}

/** The contract as a Markdown table. */
export function contractTable({ pairs, problems }: Contract): readonly string[] {
  const rows = pairs.map((pair) => `| \`${pair.from}\` | \`${pair.to}\` | ${cell(pair)} |`);
  return [
    "| from | to | changes |",
    "| --- | --- | --- |",
    ...rows,
    "",
    ...(problems.length === 0
      ? [`The contract holds for all ${pairs.length} changes of the flag.`]
      : ["**The contract is broken:**", "", ...listed(problems, "- ")]),
  ];
}

function listed(problems: readonly string[], mark: string): readonly string[] {
  const lines = problems.map((problem) => `${mark}${problem}`);
  return truncateRows(lines, (text) => `${mark}${text}`);
}

function cell({ differences }: Pair): string {
  return differences.length === 0 ? "nothing" : summary(differences);
}

/** A change that the contract allows has no more. */
const mostParts = 8;

/** One part per allowance: its name and the operations; what nothing allows is named in full. */
function summary(differences: readonly Judged[]): string {
  const parts = new Map<string, Map<string, number>>();
  for (const { allowedBy, resource, operation } of differences) {
    const name = allowedBy ?? `NOT ALLOWED ${resource}`;
    const counts = parts.get(name) ?? new Map<string, number>();
    counts.set(operation, (counts.get(operation) ?? 0) + 1);
    parts.set(name, counts);
  }
  const named = [...parts].map(([name, counts]) => {
    const what = [...counts].map(([operation, count]) => `${operation} ${count}`).join(", ");
    return `${name} (${what})`;
  });
  return truncateRows(named, (text) => text, mostParts).join("; ");
}
