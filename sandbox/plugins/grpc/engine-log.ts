import type * as Service from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type * as Messages from "@pulumi/pulumi/proto/engine_pb.js";
import { grpc, require } from "./packages.ts";

type Severity = "debug" | "info" | "warning" | "error";

/** A line for the user, shown at the resource when its URN is given. */
export interface LogEntry {
  readonly severity: Severity;
  readonly message: string;
  readonly urn?: string;

  /** True for a progress line, which the display shows only until the next one. */
  readonly ephemeral?: boolean;
}

/** Resolves when the engine took the entry. Never rejects: a lost line must not fail an update. */
export type EngineLog = (entry: LogEntry) => Promise<void>;

/** A log to the engine at `address` (host:port); connects at the first entry. */
export function engineLog(address: () => string | undefined): EngineLog {
  let client: Service.EngineClient | undefined;
  return (entry) => {
    const engine = address();
    if (engine === undefined) return Promise.resolve();
    client ??= connect(engine);
    const connected = client;
    return new Promise((resolve) => {
      connected.log(logRequest(entry), () => {
        resolve();
      });
    });
  };
}

function connect(address: string): Service.EngineClient {
  const service = require("@pulumi/pulumi/proto/engine_grpc_pb.js") as typeof Service;
  return new service.EngineClient(address, grpc.credentials.createInsecure());
}

function logRequest(entry: LogEntry): Messages.LogRequest {
  const { LogRequest, LogSeverity } =
    require("@pulumi/pulumi/proto/engine_pb.js") as typeof Messages;
  const severities = {
    debug: LogSeverity.DEBUG,
    info: LogSeverity.INFO,
    warning: LogSeverity.WARNING,
    error: LogSeverity.ERROR,
  } as const;
  const request = new LogRequest();
  request.setSeverity(severities[entry.severity]);
  request.setMessage(entry.message);
  request.setUrn(entry.urn ?? "");
  request.setEphemeral(entry.ephemeral ?? false);
  return request;
}
