import { noRouting } from "./routing.ts";
import { Failure } from "../context/errors.ts";
import { readCheckpoint } from "../pulumi/file-backend.ts";
import { appliedIncident, describeDrift, liveIncident } from "./incident-state.ts";
import type { AppliedIncident, LiveIncident } from "./incident-state.ts";
import { exportArguments } from "../pulumi/arguments.ts";
import { ask, kubectl } from "../stack/stack-session.ts";
import type { Session } from "../stack/stack-session.ts";

/** What was applied last; nothing when the stack does not exist. */
export async function readAppliedState(session: Session): Promise<AppliedIncident> {
  const text = await stateText(session);
  return text === undefined ? { jobs: [], routing: noRouting } : appliedIncident(text);
}

/** What really runs; undefined when the cluster does not answer. */
export async function readLiveState(
  session: Session,
  namespace: string,
): Promise<LiveIncident | undefined> {
  const kinds = "deployments.apps,services,endpointslices.discovery.k8s.io,jobs.batch";
  const target = ["--namespace", namespace, "--output", "json", "--request-timeout", "5s"];
  const { code, stdout } = await kubectl(session, ["get", kinds, ...target]);
  return code === 0 && stdout.trim() !== "" ? liveIncident(stdout) : undefined;
}

/** Where the cluster differs from what was applied last; empty where it does not answer. */
export async function clusterDrift(session: Session): Promise<string[]> {
  const applied = await readAppliedState(session);
  if (applied.namespace === undefined) return [];
  const live = await readLiveState(session, applied.namespace);
  return live === undefined ? [] : describeDrift(applied, live);
}

/** The stack's state as text; undefined when the stack does not exist. */
export async function stateText(session: Session): Promise<string | undefined> {
  const { targets, paths } = session;
  if (targets.kubeContext === undefined)
    return await readCheckpoint(paths.backendDir, targets.stack);
  const { code, stdout, stderr } = await ask(session, "pulumi", exportArguments(targets.stack));
  if (code === 0) return stdout;
  if (stderr.includes("no stack named")) return undefined;
  throw new Failure(stderr.trim().replace(/^error: /, ""));
}
