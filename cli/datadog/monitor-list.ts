import type { DatadogAccess } from "./account.ts";
import { requestDatadog } from "./request.ts";
import { Failure } from "../context/errors.ts";

/** What the API says of a monitor, as far as it is shown. */
export interface MonitorView {
  readonly id: number;
  readonly name: string;
  readonly priority: number | null;
  readonly tags: readonly string[];
  readonly overall_state: string;
  readonly overall_state_modified: string | null;
  readonly options?: { readonly new_group_delay?: number | null };
  readonly state?: {
    readonly groups?: Readonly<Record<string, { readonly name: string; readonly status: string }>>;
  };
}

const pageSize = 100;

/**
 * Reads the stack's monitors from the Datadog API, page by page.
 *
 * @throws Failure if the API does not answer or refuses; keys are in no message
 */
export async function readMonitors(access: DatadogAccess): Promise<readonly MonitorView[]> {
  const found = new Map<number, MonitorView>();
  for (let page = 0; ; page += 1) {
    const before = found.size;
    const monitors = await readPage(access, page);
    for (const monitor of monitors) found.set(monitor.id, monitor);
    // a server that knows no pages would send the same ones for ever
    if (monitors.length < pageSize || found.size === before) return [...found.values()];
  }
}

async function readPage(access: DatadogAccess, page: number): Promise<readonly MonitorView[]> {
  const tags = ["managed-by:pulumi", "team:sock-shop"];
  if (access.cluster !== undefined) tags.push(`kube_cluster_name:${access.cluster}`);
  if (access.namespace !== undefined) tags.push(`kube_namespace:${access.namespace}`);
  const monitors = await requestDatadog(access, {
    what: "the list of monitors",
    path: "api/v1/monitor",
    parameters: {
      group_states: "all",
      monitor_tags: tags.join(","),
      page: String(page),
      page_size: String(pageSize),
    },
    scope: "monitors_read",
  });
  if (Array.isArray(monitors)) return monitors as MonitorView[];
  throw new Failure(`${access.api} did not answer the list of monitors with a list`);
}

/** Whether it alerts and notifies: the others feed composites and dashboards. */
export function isAlarm({ overall_state: state, tags }: MonitorView): boolean {
  return state === "Alert" && !tags.includes("notifies:nobody");
}

/** The worst first; the states that Datadog has besides these say as little as No Data. */
const severities = ["Alert", "Warn", "No Data", "Ignored", "Skipped", "Unknown", "OK"];

/** Order of monitors: by state, then by priority, then by name. */
export function worstFirst(a: MonitorView, b: MonitorView): number {
  return (
    severities.indexOf(a.overall_state) - severities.indexOf(b.overall_state) ||
    (a.priority ?? 6) - (b.priority ?? 6) ||
    a.name.localeCompare(b.name)
  );
}

/** Rows of a table: the worst first, and the groups that are not OK below their monitor. */
export function monitorRows(
  monitors: readonly MonitorView[],
  app: string,
): readonly (readonly string[])[] {
  return monitors.toSorted(worstFirst).flatMap((monitor) => {
    const { id, name, priority, overall_state: state, overall_state_modified: since } = monitor;
    return [
      [
        state,
        shownTime(since),
        priority === null ? "-" : `P${priority}`,
        name,
        `${app}monitors/${id}`,
      ],
      ...remarks(monitor).map((remark) => ["", "", "", `  ${remark}`, ""]),
    ];
  });
}

/** The groups that are not OK, or why there is none yet. */
function remarks({ overall_state: state, state: known, options }: MonitorView): string[] {
  const groups = Object.values(known?.groups ?? {});
  const delay = options?.new_group_delay ?? 0;
  if (state === "No Data" && groups.length === 0 && delay > 0) {
    return [`no group yet: new groups are ignored for ${delay} s`];
  }
  return groups
    .filter(({ name, status }) => name !== "*" && status !== "OK")
    .map(({ name, status }) => `${status}: ${name}`);
}

function shownTime(time: string | null): string {
  return time === null ? "-" : new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}
