import type { DatadogAccess } from "./datadog-access.ts";
import { Failure } from "./failure.ts";

/** What the API says of a monitor, as far as it is shown. */
export interface MonitorView {
  readonly id: number;
  readonly name: string;
  readonly priority: number | null;
  readonly overall_state: string;
  readonly overall_state_modified: string | null;
  readonly state?: {
    readonly groups?: Readonly<Record<string, { readonly name: string; readonly status: string }>>;
  };
}

const pageSize = 100;
const patienceMs = 10_000;

/**
 * Reads the stack's monitors from the Datadog API.
 *
 * @throws Failure if the API does not answer or refuses; keys are in no message
 */
export async function readMonitors(access: DatadogAccess): Promise<readonly MonitorView[]> {
  const found: MonitorView[] = [];
  for (let page = 0; ; page += 1) {
    const monitors = await readPage(access, page);
    found.push(...monitors);
    if (monitors.length < pageSize) return found;
  }
}

async function readPage(
  { api, apiKey, appKey, cluster }: DatadogAccess,
  page: number,
): Promise<readonly MonitorView[]> {
  const tags = ["managed-by:pulumi", "team:sock-shop"];
  if (cluster !== undefined) tags.push(`kube_cluster_name:${cluster}`);
  const url = new URL("api/v1/monitor", api);
  url.search = new URLSearchParams({
    group_states: "all",
    monitor_tags: tags.join(","),
    page: String(page),
    page_size: String(pageSize),
  }).toString();
  const headers = { "dd-api-key": apiKey, "dd-application-key": appKey };
  const reply = await fetch(url, { headers, signal: AbortSignal.timeout(patienceMs) }).catch(
    (cause: unknown) => {
      throw new Failure(`${url.origin} does not answer; ./lab status says what runs`, { cause });
    },
  );
  if (reply.ok) return (await reply.json()) as MonitorView[];
  const remedy = reply.status === 403 ? "; check the stack's datadogApiKey and datadogAppKey" : "";
  throw new Failure(`${url.origin} answers ${reply.status} to the list of monitors${remedy}`);
}

const order = ["Alert", "Warn", "No Data", "OK"];

/** Rows of a table: the worst first, and the groups that are not OK below their monitor. */
export function monitorRows(
  monitors: readonly MonitorView[],
  app: string,
): readonly (readonly string[])[] {
  const sorted = [...monitors].sort(
    (a, b) =>
      order.indexOf(a.overall_state) - order.indexOf(b.overall_state) ||
      (a.priority ?? 6) - (b.priority ?? 6) ||
      a.name.localeCompare(b.name),
  );
  return sorted.flatMap((monitor) => {
    const { id, name, priority, overall_state: state, overall_state_modified: since } = monitor;
    const bad = Object.values(monitor.state?.groups ?? {}).filter(
      (group) => group.name !== "*" && group.status !== "OK",
    );
    return [
      [
        state,
        shownTime(since),
        priority === null ? "-" : `P${priority}`,
        name,
        `${app}monitors/${id}`,
      ],
      ...bad.map((group) => ["", "", "", `  ${group.status}: ${group.name}`, ""]),
    ];
  });
}

function shownTime(time: string | null): string {
  return time === null ? "-" : new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}
