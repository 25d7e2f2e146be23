import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import {
  envoyYaml,
  readyPath,
  type EnvoyRoute,
} from "../../../components/incident/fault-proxy/envoy-config.ts";
import { freePort } from "../../../sandbox/host/ports.ts";

/** What goes wrong. */
export type Hit = Pick<EnvoyRoute, "path" | "fault" | "percentage">;

/** One line of the proxy's access log. */
type AccessLine = Readonly<Record<string, string | number | null>>;

/** A real Envoy on loopback, with a small payment behind it. */
export interface RunningEnvoy {
  readonly url: string;
  readonly readyUrl: string;

  /** Requests that reached the service behind it: method, path and body. */
  readonly reached: readonly string[];

  /** Lines of the access log, once there are that many. */
  readonly accessLog: (count: number) => Promise<readonly AccessLine[]>;

  /** Ends the service behind the proxy. */
  readonly stopUpstream: () => Promise<void>;

  /** Ends the proxy as the kubelet does; resolves with its exit code. */
  readonly stop: () => Promise<number | null>;
}

/** Starts Envoy on the configuration of a fault and waits until it says that it is ready. */
export async function startEnvoy(program: string, hit: Hit): Promise<RunningEnvoy> {
  const { reached, server, port: upstreamPort } = await startUpstream();
  const [port, readyPort] = [await freePort(), await freePort()];
  const upstream = { name: "payment", address: "127.0.0.1", port: upstreamPort };
  const folder = await mkdtemp(join(tmpdir(), "envoy-"));
  const file = join(folder, "envoy.yaml");
  // In a pod every interface is the pod's own; here only loopback may be opened.
  const text = envoyYaml({ ...hit, port, readyPort, upstream });
  await writeFile(file, text.replaceAll("address: 0.0.0.0", "address: 127.0.0.1"));
  const quick = ["--file-flush-interval-msec", "100"];
  const args = ["--config-path", file, "--concurrency", "1", "--log-level", "error", ...quick];
  const envoy = spawn(program, [...args, "--disable-hot-restart"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output = textOf(envoy);
  const ended = once(envoy, "exit");
  const readyUrl = `http://127.0.0.1:${readyPort}${readyPath}`;
  await until(async () => (await statusOf(readyUrl)) === 200);
  const lines = () =>
    output()
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as AccessLine);
  return {
    url: `http://127.0.0.1:${port}`,
    readyUrl,
    reached,
    accessLog: async (count) => {
      await until(() => Promise.resolve(lines().length >= count));
      return lines();
    },
    stopUpstream: () => closed(server),
    stop: async () => {
      envoy.kill("SIGTERM");
      const [code] = (await ended) as [number | null];
      await closed(server);
      await rm(folder, { recursive: true });
      return code;
    },
  };
}

async function startUpstream() {
  const reached: string[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      reached.push(`${request.method ?? ""} ${request.url ?? ""} ${body}`.trim());
      response.setHeader("server", "payment").end('{"authorised":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { reached, server, port: (server.address() as AddressInfo).port };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of request.setEncoding("utf8")) chunks.push(chunk as string);
  return chunks.join("");
}

function textOf({ stdout }: ChildProcess): () => string {
  let text = "";
  stdout?.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  return () => text;
}

async function statusOf(url: string): Promise<number | undefined> {
  return await fetch(url).then(
    ({ status }) => status,
    () => undefined,
  );
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error("Envoy was not ready within 30 s");
    await sleep(50);
  }
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
