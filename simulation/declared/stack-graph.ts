// The libraries put things into the global scope, which mocha would blame on the first test.
import "../../settings/settings.ts";
import type * as program from "../../index.ts";
import { graphOf, type GraphOptions, type Registered } from "./resource-graph.ts";

type Program = typeof program;

type Graph = Promise<{ readonly resources: readonly Registered[]; readonly result: Program }>;

let run = 0;

/** The program decides by its configuration alone, so that each one is run once in a process. */
const graphs = new Map<string, Graph>();

/**
 * Configuration of the sandbox: a Datadog on this machine, which takes any keys. The address of the
 * runbook would come from the checkout's git.
 */
const sandboxConfig = {
  "sock-shop:clusterName": "sock-shop-sandbox",
  "sock-shop:datadogApiUrl": "http://127.0.0.1:2026/",
  "sock-shop:env": "sandbox",
  "sock-shop:runbookUrl": "https://github.com/example/sock-shop/blob/HEAD/docs/runbook.md",
} as const;

/** Runs the whole program against mocks with a configuration on top of the sandbox's. */
export function stackGraph(
  config: Readonly<Record<string, string>> = {},
  secretKeys: readonly string[] = [],
  idOf?: GraphOptions["idOf"],
): Graph {
  // whoever gives ids of its own gets a graph of its own
  if (idOf !== undefined) return runProgram(config, secretKeys, idOf);
  const key = JSON.stringify([Object.entries(config).sort(), [...secretKeys].sort()]);
  const graph = graphs.get(key) ?? runProgram(config, secretKeys);
  graphs.set(key, graph);
  return graph;
}

function runProgram(
  config: Readonly<Record<string, string>>,
  secretKeys: readonly string[],
  idOf?: GraphOptions["idOf"],
): Graph {
  run += 1;
  // A module runs once: only another address makes it run again.
  const address = `../../index.ts?run=${run}`;
  return graphOf(async () => (await import(address)) as Program, {
    config: { ...sandboxConfig, ...config },
    secretKeys,
    ...(idOf && { idOf }),
  });
}
