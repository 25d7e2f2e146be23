import { credentials } from "@grpc/grpc-js";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import enginePb from "@pulumi/pulumi/proto/engine_pb.js";

export type Severity = "debug" | "info" | "warning" | "error";

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

const SEVERITIES = {
  debug: enginePb.LogSeverity.DEBUG,
  info: enginePb.LogSeverity.INFO,
  warning: enginePb.LogSeverity.WARNING,
  error: enginePb.LogSeverity.ERROR,
} as const;

/** A log to the engine at `address` (host:port); connects at the first entry. */
export function engineLog(address: () => string | undefined): EngineLog {
  let client: InstanceType<typeof engineGrpc.EngineClient> | undefined;
  return (entry) => {
    const engine = address();
    if (engine === undefined) return Promise.resolve();
    client ??= new engineGrpc.EngineClient(engine, credentials.createInsecure());
    const connected = client;
    return new Promise((resolve) => {
      connected.log(logRequest(entry), () => {
        resolve();
      });
    });
  };
}

function logRequest(entry: LogEntry) {
  const request = new enginePb.LogRequest();
  request.setSeverity(SEVERITIES[entry.severity]);
  request.setMessage(entry.message);
  request.setUrn(entry.urn ?? "");
  request.setEphemeral(entry.ephemeral ?? false);
  return request;
}
