import { readdirSync, readFileSync } from "node:fs";
import { standInClient } from "../../../sandbox/datadog/client.ts";
import type { SandboxCopy } from "./sandbox-copy.ts";

/** Pods that a Deployment of the shop wants and has. */
export async function replicasOf(
  copy: SandboxCopy,
  name: string,
): Promise<{ desired: number; available: number }> {
  const json = await copy.sh("kubectl", "get", "deployment", name, "-n", "sock-shop", "-o", "json");
  const { spec, status } = JSON.parse(json) as {
    spec: { replicas: number };
    status: { availableReplicas?: number };
  };
  return { desired: spec.replicas, available: status.availableReplicas ?? 0 };
}

/** `absent`, `running`, or the condition that ended the load Job. */
export async function jobState(copy: SandboxCopy): Promise<string> {
  const json = await copy.sh("kubectl", "get", "jobs", "-n", "sock-shop", "-o", "json");
  const { items } = JSON.parse(json) as {
    items: { status: { conditions?: { type: string; status: string }[] } }[];
  };
  const [job] = items;
  if (job === undefined) return "absent";
  const ended = job.status.conditions?.find(
    ({ type, status }) => status === "True" && (type === "Complete" || type === "Failed"),
  );
  return ended?.type ?? "running";
}

/** Names that more than one monitor of the Datadog stand-in has. */
export async function doubledMonitors({ port }: SandboxCopy): Promise<string[]> {
  const { monitors } = await standInClient(`http://127.0.0.1:${port}/`).state();
  const names = monitors.map(({ name }) => name);
  return names.filter((name, index) => names.indexOf(name) !== index);
}

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly newState?: { readonly type: string };
  readonly detailedDiff?: Readonly<Record<string, unknown>> | null;
}

/** What a preview with a changed setting would do, without what stays the same; sorted. */
export async function changedSteps(copy: SandboxCopy, setting: string): Promise<string[]> {
  const json = await copy.sh("pulumi", "preview", "--json", "--config", setting);
  const { steps } = JSON.parse(json) as { steps: Step[] };
  return steps
    .filter(({ op }) => op !== "same")
    .map(({ op, urn, newState, detailedDiff }) => {
      const name = urn.split("::").at(-1) ?? "";
      const diff = Object.keys(detailedDiff ?? {});
      return `${op} ${newState?.type ?? ""}${diff.length ? ` ${name}: ${diff.join(", ")}` : ""}`;
    })
    .sort();
}

/** Command lines of the processes that run out of a folder, or have it in their arguments. */
export function processesOf(folder: string): string[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && entry !== String(process.pid))
    .map((pid) => commandLineOf(pid))
    .filter((line) => line.includes(folder));
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return ""; // it ended in the meantime
  }
}
