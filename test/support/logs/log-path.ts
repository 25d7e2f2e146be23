import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readState } from "../../../sandbox/agent/agent-state.ts";
import { intakeClient } from "../../../sandbox/agent/intake-client.ts";
import { type LogFigures, runLogAgent } from "../../../sandbox/agent/log-agent.ts";
import { type LogSource, logSourceOf } from "../../../sandbox/agent/pod-tags.ts";
import type { StandIn } from "../../sandbox/datadog/stand-in.ts";

/** A stand-in that listens, and the agent that sends it a container's log file. */
export interface LogPath {
  /** Sends until this number of logs is stored; then ends the agent. */
  send(logs: number): Promise<void>;
  /** Starts an agent, to be ended by the caller. */
  startAgent(): { end: () => Promise<void> };
  readonly figures: LogFigures;
}

/** A console line of Spring Boot that the path is measured with, each told by its number. */
export function orderText(number: number, now: Date): string {
  const spring = now.toISOString().replace("T", " ").replace("Z", "");
  const id = number.toString(16).padStart(24, "0");
  const mdc = "[orders,a36be67a4ef5e635,a36be67a4ef5e635,false]";
  const logger = "w.w.s.o.controllers.OrdersController     ";
  const header = `${spring}  INFO ${mdc} 7 --- [p-nio-80-exec-1] ${logger}`;
  return `${header}: Order created with ID: ${id} and status: Created`;
}

/** Writes a log file with lines by number, as the container runtime stores them. */
export async function writeLines(file: string, lines: number, now = new Date()): Promise<void> {
  const cri = `${now.toISOString()} stdout F`;
  const all = Array.from({ length: lines }, (_, number) => `${cri} ${orderText(number, now)}\n`);
  await writeFile(file, all.join(""));
}

/** @param annotation of the container's logs */
export async function openLogPath(
  { app, service }: Pick<StandIn, "app" | "service">,
  dir: string,
  annotation: string,
): Promise<LogPath> {
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const file = join(dir, "sock-shop_orders-1.log");
  await mkdir(dir, { recursive: true });
  await readFile(file);
  const source: LogSource = logSourceOf(
    {
      metadata: {
        name: "orders-1",
        namespace: "sock-shop",
        annotations: { "ad.datadoghq.com/orders.logs": annotation },
      },
      spec: { containers: [{ name: "orders", image: "orders:1" }] },
    },
    "lab",
  );
  const figures: LogFigures = { lines: 0, bytes: 0, logs: 0, sentBytes: 0, missed: 0, refused: 0 };
  const stateFile = join(dir, "agent.json");

  const startAgent = (): { end: () => Promise<void> } => {
    const stop = new AbortController();
    const { signal } = stop;
    const onProblem = (): void => undefined;
    const intake = intakeClient({ url, signal, onProblem });
    const sources = (): ReadonlyMap<string, LogSource> => new Map([[file, source]]);
    const agent = readState(stateFile)
      .then((state) =>
        runLogAgent({ sources, stateFile, state, intake, signal, onProblem }, figures),
      )
      .catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    return {
      end: async () => {
        stop.abort();
        await agent;
      },
    };
  };

  return {
    figures,
    startAgent,
    send: async (logs) => {
      const { end } = startAgent();
      while (service.telemetry.logs.count() < logs) await sleep(50);
      await end();
    },
  };
}
