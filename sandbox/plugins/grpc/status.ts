import type { Metadata, ServiceError, status } from "@grpc/grpc-js";
import { anyPb, grpc, statusPb } from "./packages.ts";
import { InitializationError, PluginError } from "./plugin-error.ts";
import { providerPb } from "./provider-stubs.ts";
import { toStruct } from "./wire-value.ts";

/** The gRPC status for an error of a handler. A stack trace never leaves the plugin. */
export function toServiceError(error: unknown): ServiceError {
  if (error instanceof InitializationError) {
    return serviceError(grpc.status.UNKNOWN, error.message, initializationDetails(error));
  }
  if (error instanceof PluginError) return serviceError(error.code, error.message);
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return serviceError(
    grpc.status.INTERNAL,
    `unexpected failure of the stand-in plugin: ${message}`,
  );
}

function serviceError(code: status, details: string, metadata = new grpc.Metadata()): ServiceError {
  return Object.assign(new Error(details), { code, details, metadata });
}

/** gRPC carries typed error details as a serialized google.rpc.Status in this header. */
function initializationDetails(error: InitializationError): Metadata {
  const detail = new providerPb.ErrorResourceInitFailed();
  detail.setId(error.partial.id);
  detail.setProperties(toStruct(error.partial.outputs));
  detail.setReasonsList([...error.reasons]);
  if (error.partial.inputs !== undefined) detail.setInputs(toStruct(error.partial.inputs));
  const any = new anyPb.Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const full = new statusPb.Status();
  full.setCode(grpc.status.UNKNOWN);
  full.setMessage(error.message);
  full.addDetails(any);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(full.serializeBinary()));
  return metadata;
}
