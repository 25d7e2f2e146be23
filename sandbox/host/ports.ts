import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { execFile } from "./exec-file.ts";

const lowest = 20_000;
const highest = 29_999;
let next = randomInt(lowest, highest + 1);

/** The process that listens on a port, where this user may see it. */
export interface PortHolder {
  readonly program: string;
  readonly pid: number;
}

/**
 * Refuses a port of the loopback interface that a process listens on.
 *
 * @param wanted what the port is for, as in "the Datadog stand-in"
 * @param remedy what to do where that process must keep running, as in "choose another port by …"
 */
export async function assertPortFree(port: number, wanted: string, remedy: string): Promise<void> {
  // The kernel frees the port of a killed process a moment after its end.
  for (let waited = 0; waited < 1_000; waited += 100) {
    if (await isPortFree(port)) return;
    await sleep(100);
  }
  throw new Error(portInUse({ port, wanted, remedy }, await portHolder(port)));
}

/** The message for a port that is in use. */
export function portInUse(
  need: { readonly port: number; readonly wanted: string; readonly remedy: string },
  holder: PortHolder | undefined,
): string {
  const who = holder ? `${holder.program} (pid ${holder.pid})` : "another program";
  return (
    `port ${need.port} is in use by ${who}, but ${need.wanted} needs it: ` +
    `stop that program, or ${need.remedy}`
  );
}

/**
 * A port of the loopback interface that nobody listens on, another one each time. The first is
 * random, as two processes may ask at once, and all are below the ports of outgoing connections, any
 * of which could take it in the meantime.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = next;
    next = port === highest ? lowest : port + 1;
    if (await isPortFree(port)) return port;
  }
  throw new Error(`no free port among the 100 before ${next}: stop programs that listen there`);
}

export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, port);
  } catch {
    return false;
  }
  await new Promise((closed) => server.close(closed));
  return true;
}

async function portHolder(port: number): Promise<PortHolder | undefined> {
  const commands = [
    ["ss", "-Hltnp", `sport = :${port}`],
    ["lsof", "-nP", "-Fpc", `-iTCP:${port}`, "-sTCP:LISTEN"],
  ] as const;
  for (const command of commands) {
    const holder = parseHolder(await execFile(command).catch(() => ""));
    if (holder !== undefined) return holder;
  }
  return undefined;
}

/** Reads the output of `ss -Hltnp` or `lsof -Fpc`. */
export function parseHolder(output: string): PortHolder | undefined {
  const ss = /users:\(\("([^"]+)",pid=(\d+)/.exec(output);
  if (ss) return { program: ss[1] ?? "", pid: Number(ss[2]) };
  const lsof = /^p(\d+)\nc(.+)$/m.exec(output);
  return lsof ? { program: lsof[2] ?? "", pid: Number(lsof[1]) } : undefined;
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1", exclusive: true }, resolve);
  });
}
