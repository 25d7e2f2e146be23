import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { assertPortFree } from "../../sandbox/host/ports.ts";
import { findProcess, startProcess, stopProcess } from "../../sandbox/host/processes.ts";
import type { ProcessRecord } from "../../sandbox/host/processes.ts";
import { Failure } from "../context/errors.ts";
import type { PartOptions, RunningPart } from "../context/sandbox.ts";
import type { ServerSpec } from "../context/sandbox.ts";

const patienceMs = 15_000;

/** Starts a server of this checkout, or finds it running. */
export async function startServer(options: PartOptions, server: ServerSpec): Promise<RunningPart> {
  const found = await findServer(options, server);
  if (found !== undefined) return found;
  await stopServer(options, server);
  const { paths, node, env } = options;
  const { name, title, ports } = server;
  for (const { port, remedy } of ports) await assertPortFree(port, title, remedy);
  const [program, ...args] = await server.command(paths);
  const command = [node, join(paths.root, program), ...args] as const;
  await startProcess({ name, command, env, port: recordedPort(server) }, paths);
  return await whenReady(options, server);
}

/**
 * A server of this checkout, if it answers. One of another checkout that listens on the same port
 * holds other objects and does not count.
 */
export async function findServer(
  { paths }: PartOptions,
  server: ServerSpec,
): Promise<RunningPart | undefined> {
  const record = await findProcess(server.name, paths.runDir);
  if (record?.port !== recordedPort(server)) return undefined;
  return (await server.isReady()) ? await runningPart(server, record) : undefined;
}

/** Ends a server of this checkout, whether it answers or not. */
export async function stopServer({ paths }: PartOptions, { name }: ServerSpec): Promise<void> {
  const record = await findProcess(name, paths.runDir);
  if (record !== undefined) await stopProcess(record, paths.runDir);
}

async function runningPart(server: ServerSpec, { pid }: ProcessRecord): Promise<RunningPart> {
  const { address, detail, problem } = server;
  return { address, pid, detail: (await problem?.()) ?? detail };
}

function recordedPort({ ports }: ServerSpec): number {
  return ports[0]?.port ?? 0;
}

async function whenReady(options: PartOptions, server: ServerSpec): Promise<RunningPart> {
  const { runDir, logsDir } = options.paths;
  const { name, title } = server;
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const found = await findServer(options, server);
    if (found !== undefined) return found;
    if ((await findProcess(name, runDir)) === undefined) break;
    await sleep(50);
  }
  const ports = server.ports.map(({ port }) => port).join(" and ");
  throw new Failure(
    `${title} does not start on port ${ports}; ${join(logsDir, `${name}.log`)} says why`,
  );
}
