import { componentNames } from "./components.ts";

/** What is there of the cluster. */
export interface ClusterFacts {
  /** kwokctl's folder of the cluster exists. */
  readonly exists: boolean;

  /** Its creation came to an end, and in this very folder. */
  readonly complete: boolean;

  /** Number of components that run. */
  readonly running: number;

  /** The API server says that it is ready. */
  readonly ready: boolean;
}

export type ClusterState = "absent" | "half-created" | "stopped" | "running";

/** One word for the facts. A cluster with a missing component counts as stopped. */
export function clusterState(facts: ClusterFacts): ClusterState {
  if (!facts.exists) return "absent";
  if (!facts.complete) return "half-created";
  return facts.ready && facts.running === componentNames.length ? "running" : "stopped";
}
