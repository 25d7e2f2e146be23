import { join } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import { readState } from "./agent-state.ts";
import { clusterMetrics } from "./cluster-metrics.ts";
import { watchCluster } from "./cluster-watch.ts";
import { intakeClient } from "./intake-client.ts";
import { type LogFigures, runLogAgent } from "./log-agent.ts";
import { type LogSource, logSourceOf, type Pod } from "./pod-tags.ts";

export interface AgentOptions {
  readonly kubeConfig: KubeConfig;
  readonly clusterName: string;
  /** Folder of the pods' log files: `<namespace>_<pod>.log`. */
  readonly logsDir: string;
  readonly stateDir: string;
  /** Address of the Datadog stand-in. */
  readonly datadogUrl: string;
  /** Takes one line for each problem that does not end the agent. */
  readonly onProblem: (reason: string) => void;
  /** Called when no more logs will be sent: a fault of the agent itself, which should end then. */
  readonly onFailure: (error: Error) => void;
}

export interface Agent {
  readonly figures: Readonly<LogFigures>;
  close(): Promise<void>;
}

function noFigures(): LogFigures {
  return { lines: 0, bytes: 0, logs: 0, sentBytes: 0, missed: 0, refused: 0 };
}

/** Remembers what was read of each pod: compiling its rules takes longer than looking at its file. */
function readOnce(read: (pod: Pod) => LogSource): (pod: Pod) => LogSource {
  const known = new WeakMap<Pod, LogSource>();
  return (pod) => {
    const source = known.get(pod) ?? read(pod);
    known.set(pod, source);
    return source;
  };
}

/** How often the Datadog agent runs its checks. */
const checkEveryMs = 15_000;

/** Sends the logs of all pods, and what the monitors ask about the cluster. */
export async function startAgent(options: AgentOptions): Promise<Agent> {
  const { kubeConfig, clusterName, logsDir, datadogUrl: url, onProblem, onFailure } = options;
  const stateFile = join(options.stateDir, "agent.json");
  const state = await readState(stateFile);
  const watch = await watchCluster(kubeConfig, (reason) => {
    onProblem(`lost the cluster (${reason})`);
  });
  const end = new AbortController();
  const { signal } = end;
  const figures: LogFigures = noFigures();
  const intake = intakeClient({
    url,
    signal,
    onProblem,
    onWait: (reason) => {
      if (reason === undefined) delete figures.problem;
      else figures.problem = `logs wait for the intake (${reason})`;
    },
    onRefused: (logs) => (figures.refused += logs),
  });
  const sourceOf = readOnce((pod: Pod) => logSourceOf(pod, clusterName));
  const sources = (): ReadonlyMap<string, LogSource> =>
    new Map(
      watch.objects().pods.map((pod) => {
        const { namespace = "", name = "" } = pod.metadata ?? {};
        return [join(logsDir, `${namespace}_${name}.log`), sourceOf(pod)] as const;
      }),
    );
  const logs = runLogAgent({ sources, stateFile, state, intake, signal, onProblem }, figures).catch(
    (error: unknown) => {
      // the end of a send that `close` cut short: its batch is noted and goes out at the next start
      if (!signal.aborted) onFailure(error as Error);
    },
  );
  const check = (): void => {
    const seconds = Math.floor(Date.now() / 1000);
    const series = clusterMetrics(watch.objects(), clusterName, seconds);
    const run = { check: "datadog.agent.up", host_name: "sandbox-agent", status: 0 };
    const tags = [`kube_cluster_name:${clusterName}`];
    void Promise.all([
      intake.post("/api/v2/series", { series }),
      intake.post("/api/v1/check_run", [{ ...run, tags, timestamp: seconds }]),
    ]).catch((error: unknown) => {
      if (!signal.aborted) onProblem((error as Error).message);
    });
  };
  check();
  const timer = setInterval(check, checkEveryMs);
  return {
    figures,
    close: async () => {
      clearInterval(timer);
      end.abort();
      await logs;
      await watch.close();
    },
  };
}
