import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { standInClient } from "../sandbox/datadog/client.ts";
import { assertPortFree } from "../sandbox/port.ts";
import { findProcess, startProcess, stopProcess } from "../sandbox/process.ts";
import { Failure } from "./failure.ts";
import type { PartOptions, RunningPart } from "./sandbox-parts.ts";

const processName = "datadog";
const patienceMs = 15_000;

/** Starts the Datadog stand-in of this checkout, or finds it running. */
export async function startDatadog(options: PartOptions, port: number): Promise<RunningPart> {
  const found = await findDatadog(options, port);
  if (found !== undefined) return found;
  const { paths, node, env } = options;
  const silent = await findProcess(processName, paths.runDir);
  if (silent !== undefined) await stopProcess(silent, paths.runDir);
  await assertPortFree(
    port,
    "the Datadog stand-in",
    `choose another by pulumi config set datadogApiUrl http://127.0.0.1:${port + 1}/`,
  );
  const server = join(paths.root, "sandbox", "datadog", "server.ts");
  const args = ["--port", String(port), "--state", paths.datadogDir];
  await startProcess({ name: processName, command: [node, server, ...args], env, port }, paths);
  return await whenReady(options, port);
}

/**
 * The Datadog stand-in of this checkout, if it answers. One of another checkout that listens on the
 * same port holds other objects and does not count.
 */
export async function findDatadog(
  { paths }: PartOptions,
  port: number,
): Promise<RunningPart | undefined> {
  const record = await findProcess(processName, paths.runDir);
  if (record?.port !== port) return undefined;
  const address = addressOf(port);
  if (!(await standInClient(address).isReady())) return undefined;
  return { address, pid: record.pid, detail: "stand-in for the Datadog API" };
}

/** Ids of the monitors of that name. */
export async function monitorsNamed(port: number, name: string): Promise<string[]> {
  const monitors = await standInClient(addressOf(port)).monitorsNamed(name);
  return monitors.map(({ id }) => String(id));
}

function addressOf(port: number): string {
  return `http://127.0.0.1:${port}/`;
}

async function whenReady(options: PartOptions, port: number): Promise<RunningPart> {
  const { runDir, logsDir } = options.paths;
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const found = await findDatadog(options, port);
    if (found !== undefined) return found;
    if ((await findProcess(processName, runDir)) === undefined) break;
    await sleep(50);
  }
  throw new Failure(
    `the Datadog stand-in does not start on port ${port}; ${join(logsDir, `${processName}.log`)} says why`,
  );
}
