import { fstatSync } from "node:fs";
import type { Server } from "@grpc/grpc-js";
import { grpc } from "./packages.ts";

// The engine sends whole states in one message; its own limit is the same.
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

// The engine kills a plugin 5 s after asking it to stop.
const GRACE_MS = 4000;

/** What the main.ts of a plugin hands over of its process. */
export type PluginProcess = Pick<NodeJS.Process, "argv" | "stdin" | "stdout" | "on" | "exit">;

/** The life of a served plugin. */
export interface PluginLife {
  /** Aborted once the plugin is asked to stop: handlers then give up waiting. */
  readonly signal: AbortSignal;

  /** Address of the engine (host:port), from the command line; a handshake may replace it. */
  engineAddress: string | undefined;

  /** Answers no more calls, lets running ones end, then exits. */
  stop(): void;
}

/**
 * Serves a plugin the way the engine expects: listens on a free loopback port, prints the port as
 * the first line, stops on SIGINT and SIGTERM and when the engine is gone.
 */
export async function servePlugin(
  process: PluginProcess,
  addServices: (server: Server, life: PluginLife) => void,
): Promise<void> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
  });
  const life = pluginLife(server, process);
  addServices(server, life);
  const port = await listen(server);
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      life.stop();
    });
  }
  stopWithEngine(process.stdin, life);
  process.stdout.write(`${port}\n`);
}

/** The engine's address: the first argument that is neither a flag nor the value of one. */
export function engineAddressOf(args: readonly string[]): string | undefined {
  return args.find((arg, index) => !arg.startsWith("-") && args[index - 1] !== "--tracing");
}

function pluginLife(server: Server, process: PluginProcess): PluginLife {
  const stopping = new AbortController();
  return {
    signal: stopping.signal,
    engineAddress: engineAddressOf(process.argv.slice(2)),
    stop() {
      if (stopping.signal.aborted) return;
      stopping.abort(new Error("the update was cancelled"));
      const exit = () => process.exit(0);
      server.tryShutdown(exit);
      setTimeout(exit, GRACE_MS).unref();
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

/**
 * The engine holds the other end of stdin: its end is seen even when the engine was killed.
 * A plugin started by hand has a terminal or /dev/null there, which says nothing.
 */
function stopWithEngine(stdin: PluginProcess["stdin"], life: PluginLife): void {
  const input = fstatSync(stdin.fd);
  if (!input.isFIFO() && !input.isSocket()) return;
  stdin.on("error", () => {
    life.stop();
  });
  stdin.on("end", () => {
    life.stop();
  });
  stdin.resume();
}
