import { agentClient } from "../../../../sandbox/agent/client.ts";
import { agentPort, defaults } from "../../../../settings/defaults.ts";
import { datadogAccess, type DatadogAccess } from "../../../datadog/account.ts";
import { isAlarm, readMonitors } from "../../../datadog/monitor-list.ts";
import { requestDatadog } from "../../../datadog/request.ts";
import { readState, resourceName } from "../../../pulumi/state-file.ts";
import { stackLinks } from "../../../pulumi/stack-outputs.ts";
import { findParts } from "../../../sandbox/start-parts.ts";
import { kubectl, type Session } from "../../../stack/stack-session.ts";
import { notDeployed } from "../../../stack/hints.ts";
import { type AppliedIncident, disagreements, liveIncident } from "../../incident-state.ts";
import { readAppliedState, stateText } from "../../read-state.ts";
import { preflightChecks, type PreflightFacts } from "../../preflight/checks.ts";
import { clockOffset, dateIn } from "../../preflight/clock-offset.ts";
import { shopProbe } from "../../probe/shop-probe.ts";
import { interruptedLines } from "../end-interrupted.ts";
import { readObjects } from "../observe.ts";
import { placeOf, type Run, sessionOf } from "../run.ts";
import type { Findings } from "../run-phases.ts";
import { clusterFacts } from "../../preflight/cluster-facts.ts";

/** Checks everything that must hold before an incident is staged, and finds the shop. */
export async function doctor(run: Run): Promise<Findings> {
  const session = await sessionOf(run);
  const applied = await readAppliedState(session);
  const { namespace } = applied;
  if (namespace === undefined) return { status: "unmet", problems: [notDeployed(run.stack)] };
  const access = await datadogAccess(session);
  const frontEnd = await frontEndOf(session);
  run.memory.place = { namespace, frontEnd, access, probe: shopProbe(frontEnd) };
  const facts = await preflightFacts(run, session, applied);
  const checks = preflightChecks(facts);
  run.memory.checks = checks;
  run.memory.offsets = offsetsOf(facts);
  const problems = [
    ...checks.filter(({ ok }) => !ok).map(({ name, found }) => `${name}: ${found}`),
    ...(await awaitedProblems(run, session)),
  ];
  return { status: problems.length === 0 ? "met" : "unmet", problems, facts: { checks } };
}

/** Finds the monitor that the run waits for: by the name of its resource, or by its own. */
async function awaitedProblems(run: Run, session: Session): Promise<string[]> {
  const wanted = /^monitor:(.*)$/.exec(run.options.until ?? "")?.[1];
  if (wanted === undefined) return [];
  const { resources } = readState((await stateText(session)) ?? "{}");
  const monitors = resources.filter(({ type }) => type === "datadog:index/monitor:Monitor");
  const found = monitors.find(
    ({ urn, inputs }) => resourceName(urn) === wanted || inputs["name"] === wanted,
  );
  run.memory.awaited = typeof found?.inputs["name"] === "string" ? found.inputs["name"] : wanted;
  if (found !== undefined) return [];
  const known = monitors.map(({ urn }) => resourceName(urn)).sort();
  return [`--hold-until: no monitor "${wanted}"; there are ${known.join(", ")}`];
}

/** Where this machine reaches the front-end. */
async function frontEndOf(session: Session): Promise<string> {
  const { shop } = session.targets;
  if (shop !== undefined) return `http://127.0.0.1:${shop.frontEndPort}/`;
  const { frontEnd = defaults.frontEndUrl } = stackLinks((await stateText(session)) ?? "{}");
  return frontEnd;
}

async function preflightFacts(
  run: Run,
  session: Session,
  applied: AppliedIncident,
): Promise<PreflightFacts> {
  const { namespace, access } = placeOf(run);
  const objects = await readObjects(session, namespace);
  if (objects !== undefined) run.memory.objects["before"] = objects;
  const live = objects === undefined ? undefined : liveIncident(objects);
  return {
    interrupted: await interruptedLines(session),
    missingParts: (await findParts(session)).missing,
    disagreements: disagreements(session.targets.incident, applied, live),
    incident: session.targets.incident,
    ...(await clusterOf(session, objects)),
    datadog: await datadogFacts(session, access),
    ...(await agentFacts(session)),
  };
}

function offsetsOf({ cluster, datadog }: PreflightFacts): Record<string, number> {
  return {
    ...(cluster?.offset !== undefined && { kubernetes: cluster.offset }),
    ...(datadog.offset !== undefined && { datadog: datadog.offset }),
  };
}

async function clusterOf(
  session: Session,
  objects: string | undefined,
): Promise<Pick<PreflightFacts, "cluster">> {
  if (objects === undefined) return {};
  const before = Date.now();
  const version = await kubectl(session, ["get", "--raw", "/version", "--v=8"]);
  const offset = clockOffset(dateIn(version.stderr), before, Date.now());
  const nodes = await kubectl(session, ["get", "nodes", "--output", "json"]);
  const context = session.targets.kubeContext ?? "the sandbox's own cluster";
  return {
    cluster: {
      context,
      ...clusterFacts(objects, nodes.stdout),
      ...(offset !== undefined && { offset }),
    },
  };
}

async function datadogFacts(
  { targets }: Session,
  access: DatadogAccess,
): Promise<PreflightFacts["datadog"]> {
  try {
    const monitors = await readMonitors(access);
    const pipelines = await requestDatadog(access, {
      what: "the list of pipelines",
      path: "api/v1/logs/config/pipelines",
      scope: "logs_read_config",
    });
    const offset = await datadogOffset(access);
    const known = Array.isArray(pipelines) ? (pipelines as { name?: string }[]) : [];
    return {
      monitors: monitors.length,
      alarms: monitors.filter(isAlarm).map(({ name }) => name),
      pipelines: known.filter(({ name }) => name?.includes(`(${targets.clusterName})`)).length,
      ...(offset !== undefined && { offset }),
    };
  } catch (error) {
    return { problem: (error as Error).message, monitors: 0, alarms: [], pipelines: 0 };
  }
}

async function datadogOffset({ api, apiKey }: DatadogAccess): Promise<number | undefined> {
  const before = Date.now();
  const reply = await fetch(new URL("api/v1/validate", api), {
    headers: { "dd-api-key": apiKey },
    signal: AbortSignal.timeout(10_000),
  });
  return clockOffset(reply.headers.get("date"), before, Date.now());
}

/** The stand-in of the agent counts; on a cluster the agent's own status does. */
async function agentFacts(
  session: Session,
): Promise<Pick<PreflightFacts, "agent" | "agentProblem">> {
  const { shop, datadogPort } = session.targets;
  if (shop === undefined || datadogPort === undefined) return await agentStatus(session);
  const client = agentClient(`http://127.0.0.1:${agentPort(shop)}/`);
  const [agent, agentProblem] = [await client.figures(), await client.problem()];
  return { ...(agent && { agent }), ...(agentProblem !== undefined && { agentProblem }) };
}

/** The node agents, not the cluster agent, which reads no logs. */
async function agentStatus(session: Session): Promise<Pick<PreflightFacts, "agent">> {
  const selector = ["--all-namespaces", "--selector", "app.kubernetes.io/component=agent"];
  const found = await kubectl(session, ["get", "pods", ...selector, "--output", "json"]);
  const { items = [] } = JSON.parse(found.stdout || "{}") as {
    items?: { metadata: { name: string; namespace: string } }[];
  };
  const figures = { lines: 0, logs: 0 };
  for (const { metadata } of items) {
    const pod = ["exec", metadata.name, "--namespace", metadata.namespace];
    const { stdout } = await kubectl(session, [
      ...pod,
      "--container",
      "agent",
      "--",
      "agent",
      "status",
    ]);
    figures.lines += Number(/LogsProcessed: (\d+)/.exec(stdout)?.[1] ?? 0);
    figures.logs += Number(/LogsSent: (\d+)/.exec(stdout)?.[1] ?? 0);
  }
  return items.length === 0 ? {} : { agent: figures };
}
