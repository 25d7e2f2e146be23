import { setTimeout as sleep } from "node:timers/promises";
import { assertPortFree } from "../sandbox/port.ts";
import { findProcess, listProcesses, startProcess, stopProcess } from "../sandbox/process.ts";
import { Failure } from "./failure.ts";
import type { PartOptions, RunningPart, SandboxParts } from "./sandbox-parts.ts";

const datadogName = "datadog";
const startPatienceMs = 15_000;

/** The sandbox on this machine. Big modules are loaded by the calls that need them. */
export const localSandbox: SandboxParts = {
  bringToolchain: () => Promise.resolve(),
  inspectToolchain: () => Promise.resolve([]),
  startCluster: () => Promise.reject(new Failure("not yet")),
  findCluster: () => Promise.resolve(undefined),
  stopCluster: () => Promise.resolve(),
  startDatadog,
  findDatadog,

  async stopProcesses({ paths }) {
    const running = await listProcesses(paths.runDir);
    await Promise.all(running.map((record) => stopProcess(record, paths.runDir)));
    return running.map(({ name }) => name);
  },
};

async function startDatadog(options: PartOptions, port: number): Promise<RunningPart> {
  const found = await findDatadog(options, port);
  if (found !== undefined) return found;
  const { paths, node, env } = options;
  const hung = await findProcess(datadogName, paths.runDir);
  if (hung !== undefined) await stopProcess(hung, paths.runDir);
  const remedy = "set sock-shop:datadogApiUrl to another port";
  await assertPortFree(port, "the Datadog stand-in", remedy);
  const server = `${paths.root}/sandbox/datadog/server.ts`;
  const command = [node, server, "--port", String(port), "--state", paths.datadogDir] as const;
  await startProcess({ name: datadogName, command: [...command], env, port }, paths);
  return await answering(options, port);
}

async function answering(options: PartOptions, port: number): Promise<RunningPart> {
  const deadline = Date.now() + startPatienceMs;
  while (Date.now() < deadline) {
    const found = await findDatadog(options, port);
    if (found !== undefined) return found;
    if ((await findProcess(datadogName, options.paths.runDir)) === undefined) break;
    await sleep(50);
  }
  const log = `${options.paths.logsDir}/${datadogName}.log`;
  throw new Failure(`the Datadog stand-in does not start; ${log} says why`);
}

/** Ours only: a stand-in of another checkout on the same port holds another checkout's objects. */
async function findDatadog({ paths }: PartOptions, port: number): Promise<RunningPart | undefined> {
  const record = await findProcess(datadogName, paths.runDir);
  if (record?.port !== port) return undefined;
  const address = `http://127.0.0.1:${port}/`;
  const healthy = await fetch(`${address}sandbox/health`, { signal: AbortSignal.timeout(2_000) })
    .then((response) => response.ok)
    .catch(() => false);
  if (!healthy) return undefined;
  return { address, pid: record.pid, detail: "stand-in for the Datadog API" };
}
