import { compositeStatus, membersOf } from "./composite.ts";
import type { EvaluationState, MonitorState } from "./monitor-state.ts";
import type { Finding } from "./group-state.ts";
import type { CompositePlan } from "../query/plan.ts";
import type { Policy } from "./monitor-options.ts";
import { everything } from "../query/tag-filter.ts";

interface Moment {
  readonly policy: Policy;
  /** Of the members. */
  readonly state: EvaluationState;
}

/**
 * Findings of a composite: one, or one for each group that its grouped members have in common. A
 * text says why it is not evaluated. Where the outcome is No Data and notifies nobody,
 * the last known status stays.
 * https://docs.datadoghq.com/monitors/types/composite/#common-reporting-sources
 */
export function compositeFindings(
  { tree }: CompositePlan,
  { policy, state }: Moment,
): ReadonlyMap<string, Finding> | string {
  const members = membersOf(tree).map((id) => [id, state[id]] as const);
  const unfit = members.find(([, member]) => member === undefined || member.why !== undefined);
  if (unfit !== undefined) return `its member ${unfit[0]} is not evaluated`;
  const known = new Map(members as (readonly [number, MonitorState])[]);
  const findings = new Map<string, Finding>();
  for (const group of commonGroups([...known.values()])) {
    const status = compositeStatus(tree, (id) => {
      const groups = known.get(id)?.groups ?? {};
      const own = Object.keys(groups).find((name) => isWithin(name, group));
      return own === undefined ? "No Data" : (groups[own]?.status ?? "No Data");
    });
    const stays = status === "No Data" && policy.missing.kind === "last known";
    findings.set(group, stays ? { kind: "missing" } : { kind: "status", status });
  }
  return findings;
}

function commonGroups(members: readonly MonitorState[]): readonly string[] {
  const grouped = members
    .map(({ groups }) => Object.keys(groups))
    .filter((names) => names.some((name) => name !== everything));
  const [finest, ...others] = grouped.toSorted((a, b) => dimensions(b) - dimensions(a));
  if (finest === undefined) return [everything];
  return finest.filter((group) =>
    others.every((names) => names.some((name) => isWithin(name, group))),
  );
}

function dimensions([name = ""]: readonly string[]): number {
  return name.split(",").length;
}

/** Only the values of tags count, not their keys. */
function isWithin(name: string, group: string): boolean {
  if (name === everything) return true;
  const values = valuesOf(group);
  return valuesOf(name).every((value) => values.includes(value));
}

function valuesOf(group: string): readonly string[] {
  return group.split(",").map((tag) => tag.slice(tag.indexOf(":") + 1));
}
