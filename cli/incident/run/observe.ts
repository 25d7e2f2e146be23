import { isAlarm, type MonitorView, readMonitors } from "../../datadog/monitor-list.ts";
import { kubectl } from "../../stack/stack-session.ts";
import type { Session } from "../../stack/stack-session.ts";
import type { Ledger } from "../../../sandbox/shop/ledger.ts";
import type { Sample } from "../clocks/clocks.ts";
import { faultFields, fieldOwner, type Managed } from "../clocks/field-owner.ts";
import { type LiveIncident, liveIncident } from "../incident-state.ts";
import { faultedTraces, orderTraces } from "../witness/order-traces.ts";
import {
  clusterProof,
  type Control,
  delayOf,
  type Evidence,
  faultyRequests,
  proxyOf,
} from "../witness/witness.ts";
import { type Memory, placeOf, type Run, sessionOf } from "./run.ts";

/** Everything of the shop's namespace that a responder may read; no Secret. */
const kinds =
  "deployments.apps,services,endpointslices.discovery.k8s.io,jobs.batch,pods," +
  "networkpolicies.networking.k8s.io,events";

/** The objects of the shop's namespace, as kubectl prints them; undefined without an answer. */
export async function readObjects(
  session: Session,
  namespace: string,
): Promise<string | undefined> {
  const target = ["--namespace", namespace, "--output", "json", "--request-timeout", "10s"];
  const args = ["get", kinds, ...target, "--show-managed-fields"];
  const { code, stdout } = await kubectl(session, args);
  return code === 0 && stdout.trim() !== "" ? stdout : undefined;
}

/** What the pods of a label printed since a time; nothing where there are none. */
export async function podLogs(
  session: Session,
  namespace: string,
  { pods, since, label = "name" }: PodSelection,
): Promise<string> {
  const selected = ["--selector", `${label}=${pods}`, "--tail", "-1", "--max-log-requests", "20"];
  const args = ["logs", "--namespace", namespace, ...selected, "--since-time", since];
  const { code, stdout } = await kubectl(session, args);
  return code === 0 ? stdout : "";
}

interface PodSelection {
  readonly pods: string;
  readonly since: string;

  /** @default name */
  readonly label?: string;
}

/** What is known of the fault since a time. */
export async function readEvidence(
  run: Run,
  since: string,
  controls: readonly Control[],
): Promise<{ readonly evidence: Evidence; readonly live: LiveIncident | undefined }> {
  const { incident } = run.options;
  const { namespace } = placeOf(run);
  const session = await sessionOf(run);
  const objects = await readObjects(session, namespace);
  const live = objects === undefined ? undefined : liveIncident(objects);
  const traces = orderTraces(await podLogs(session, namespace, { pods: "orders", since }));
  const proxy = proxyOf(incident);
  const faulted =
    proxy === undefined
      ? new Set<string>()
      : faultedTraces(await podLogs(session, namespace, { pods: proxy, since }));
  const cluster = live && clusterProof(incident, live);
  const delay = live && delayOf(incident, live);
  const evidence = {
    ...(cluster !== undefined && { cluster }),
    requests: faultyRequests(incident, traces, faulted, delay).map(({ trace }) => trace),
    declined: traces.filter(({ authorised }) => authorised === false).length,
    controls,
  };
  return { evidence, live };
}

/** Looks at cluster, monitors and shop once. */
export async function takeSample(
  run: Run,
  { leaving, order }: { readonly leaving: boolean; readonly order: boolean },
): Promise<Sample> {
  const { namespace, access, probe } = placeOf(run);
  const session = await sessionOf(run);
  const placing = order ? probe.order().catch(() => ({ status: 0 })) : undefined;
  const objects = await readObjects(session, namespace);
  const at = new Date().toISOString();
  const monitors = await readMonitors(access).catch(() => []);
  const alarms = monitors.filter(isAlarm).map((monitor) => {
    const { name, priority, overall_state_modified: since } = monitor;
    return { name, since: since ?? at, priority: priority ?? 6 };
  });
  const states = changedStates(run.memory, monitors);
  const placed = await placing;
  const ledger = await readLedger(session).catch(() => undefined);
  return {
    at,
    flag: session.targets.incident,
    leaving,
    alarms,
    ...(Object.keys(states).length > 0 && { states }),
    ...faultIn(objects, run),
    ...(placed !== undefined && { order: placed.status }),
    ...(ledger !== undefined && { orders: { placed: ledger.placed, failed: failedIn(ledger) } }),
  };
}

/** Notes the states of the monitors, and says which are other than before. */
function changedStates(
  memory: Memory,
  monitors: readonly MonitorView[],
): Readonly<Record<string, string>> {
  const now = Object.fromEntries(monitors.map((one) => [one.name, one.overall_state]));
  const changed = Object.entries(now).filter(([name, state]) => memory.states[name] !== state);
  memory.states = { ...memory.states, ...now };
  return Object.fromEntries(changed);
}

/** A cluster that does not answer for a moment says nothing for or against the fault. */
function faultIn(objects: string | undefined, { memory, options }: Run) {
  if (objects === undefined) {
    const { fault = "unknown: the cluster does not answer", owner } = memory.samples.at(-1) ?? {};
    return { fault, ...(owner !== undefined && { owner }) };
  }
  const fault = clusterProof(options.incident, liveIncident(objects));
  const owner = ownerIn(objects, options.incident);
  return { ...(fault !== undefined && { fault }), ...(owner !== undefined && { owner }) };
}

interface Named extends Managed {
  readonly kind?: string;
  readonly metadata?: NonNullable<Managed["metadata"]> & { readonly name?: string };
}

function ownerIn(objects: string, incident: string): Sample["owner"] {
  const { items = [] } = JSON.parse(objects) as { items?: readonly Named[] };
  const proxy = proxyOf(incident);
  const [kind, name, field] =
    proxy === undefined
      ? (["Deployment", "payment", faultFields.replicas] as const)
      : (["Service", proxy.replace(/-proxy$/, ""), faultFields.selector] as const);
  const object = items.find((one) => one.kind === kind && one.metadata?.name === name);
  return object && fieldOwner(object, field);
}

/** Attempts that were answered with an error of the shop. */
export function failedIn({ answered }: Ledger): number {
  return Object.entries(answered)
    .filter(([status]) => Number(status) >= 500)
    .reduce((sum, [, count]) => sum + count, 0);
}

/** The shop's own ledger; undefined where the shop runs in a cluster of the user's. */
export async function readLedger({ context, targets }: Session): Promise<Ledger | undefined> {
  if (targets.shop === undefined) return undefined;
  return await context.sandbox.shop(targets.shop.controlPort).ledger();
}
