import { catalogue } from "../../../components/shop/catalogue.ts";
import { largestOffset } from "./clock-offset.ts";

/** What was found before anything is staged. */
export interface PreflightFacts {
  /** Runs that were cut off, in words. */
  readonly interrupted: readonly string[];

  /** Parts of the sandbox that the stack uses and that do not run. */
  readonly missingParts: readonly string[];

  /** Where flag, last update and cluster differ, or an incident that is on. */
  readonly disagreements: readonly string[];
  readonly incident: string;

  /** Absent where the API server does not answer. */
  readonly cluster?: ClusterFacts;
  readonly datadog: DatadogFacts;

  /** What the agent has read and sent; absent where it does not say. */
  readonly agent?: { readonly lines: number; readonly logs: number };
  readonly agentProblem?: string;
}

interface ClusterFacts {
  readonly context: string;
  readonly offset?: number;
  readonly nodes: readonly { readonly name: string; readonly ready: boolean }[];
  readonly pods: readonly { readonly name: string; readonly ready: boolean }[];
  readonly services: readonly ServiceFacts[];
}

interface ServiceFacts {
  readonly name: string;
  readonly ports: readonly number[];
  readonly endpoints: number;
}

interface DatadogFacts {
  /** Why nothing is known of it; absent where it answers and takes the keys. */
  readonly problem?: string;
  readonly offset?: number;
  readonly monitors: number;

  /** Names of those that alert and notify. */
  readonly alarms: readonly string[];
  readonly pipelines: number;
}

/** One thing that must hold before an incident is staged. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
}

/** Everything that must hold, in the order of the runbook's preflight. */
export function preflightChecks(facts: PreflightFacts): Check[] {
  const { interrupted, missingParts, disagreements, incident, cluster } = facts;
  return [
    check("earlier runs", interrupted, "none was cut off"),
    check(
      "sandbox",
      missingParts.map((part) => `${part} does not run`),
      "all parts run",
    ),
    check(
      "incident",
      incident === "none" ? disagreements : [`${incident} is on`],
      "none is on, and the cluster is as declared",
    ),
    ...(cluster === undefined
      ? [{ name: "cluster", ok: false, found: "the API server does not answer" }]
      : clusterChecks(cluster)),
    ...datadogChecks(facts.datadog),
    agentCheck(facts),
  ];
}

function clusterChecks({ context, offset, nodes, pods, services }: ClusterFacts): Check[] {
  const unready = (list: ClusterFacts["nodes"]) =>
    list.filter(({ ready }) => !ready).map(({ name }) => `${name} is not ready`);
  return [
    { name: "context", ok: true, found: context },
    clockCheck("clock of the API server", offset),
    check("nodes", atLeastOne(nodes, "node", unready(nodes)), `${nodes.length} ready`),
    check("pods", atLeastOne(pods, "pod", unready(pods)), `${pods.length} ready`),
    check("services", servicePortProblems(services), "all there, on the ports that callers use"),
    check(
      "endpoints",
      services.filter(({ endpoints }) => endpoints === 0).map(({ name }) => `${name} has none`),
      "each Service has one that is ready",
    ),
  ];
}

function atLeastOne(list: readonly unknown[], what: string, problems: string[]): string[] {
  return list.length === 0 ? [`there is no ${what}`] : problems;
}

function servicePortProblems(services: readonly ServiceFacts[]): string[] {
  return catalogue.flatMap(({ name, servicePort }) => {
    const service = services.find((one) => one.name === name);
    if (service === undefined) return [`${name} is missing`];
    if (service.ports.includes(servicePort)) return [];
    return [`${name} has port ${service.ports.join(", ")}, callers use ${servicePort}`];
  });
}

function datadogChecks(facts: DatadogFacts): Check[] {
  const { problem, offset, monitors, alarms, pipelines } = facts;
  if (problem !== undefined) return [{ name: "Datadog", ok: false, found: problem }];
  return [
    clockCheck("clock of Datadog", offset),
    check("pipelines", pipelines === 0 ? ["that of the shop is missing"] : [], `${pipelines}`),
    check("monitors", monitors === 0 ? ["the stack has none"] : [], `${monitors} of the stack`),
    check(
      "alerts",
      alarms.map((name) => `"${name}" alerts already`),
      "none stands",
    ),
  ];
}

/** The times of an exercise come from three clocks. */
function clockCheck(name: string, offset: number | undefined): Check {
  if (offset === undefined) return { name, ok: false, found: "it says no time" };
  const ok = Math.abs(offset) <= largestOffset;
  const side = offset < 0 ? "behind" : "ahead";
  const found = `${Math.abs(offset).toFixed(1)} s ${side}`;
  return { name, ok, found: ok ? found : `${found}; at most ${largestOffset} s are allowed` };
}

/** What is read and not sent is a broken path that a count of lines alone does not show. */
function agentCheck({ agent, agentProblem }: PreflightFacts): Check {
  const name = "agent";
  if (agentProblem !== undefined) return { name, ok: false, found: agentProblem };
  if (agent === undefined) return { name, ok: false, found: "it does not say what it sends" };
  const found = `${agent.lines} lines read, ${agent.logs} logs sent`;
  return { name, ok: agent.logs > 0, found };
}

function check(name: string, problems: readonly string[], fine: string): Check {
  return problems.length === 0
    ? { name, ok: true, found: fine }
    : { name, ok: false, found: problems.join("; ") };
}
