import type { handleUnaryCall } from "@grpc/grpc-js";
import { toServiceError } from "./status.ts";

/** A gRPC handler of a promise: what it throws becomes a status with one clear line. */
export function unary<Request, Response>(
  handle: (request: Request) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    // Reading the request may throw too (an asset, say), hence inside the chain.
    void Promise.resolve(call.request)
      .then(handle)
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback(toServiceError(error));
        },
      );
  };
}
