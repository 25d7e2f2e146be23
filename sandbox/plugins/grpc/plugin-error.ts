import type { status } from "@grpc/grpc-js";
import { grpc } from "./packages.ts";
import type { PropertyMap } from "./property-value.ts";

/**
 * A failure with a message for the user: one line saying what, what was got, and what to do.
 *
 * The default status tells the engine that nothing changed. Pass `status.UNKNOWN` only when it is
 * open whether the operation took place: the engine then keeps it as a pending operation.
 */
export class PluginError extends Error {
  override readonly name = "PluginError";
  readonly code: status;

  constructor(message: string, code: status = grpc.status.FAILED_PRECONDITION) {
    super(message);
    this.code = code;
  }
}

/** What exists already of a resource that did not become ready. */
export interface PartialResource {
  readonly id: string;

  /** Outputs to keep in state, so that the next update continues from them. */
  readonly outputs: PropertyMap;

  /** Inputs to keep in state. The engine reads them only in answers to a read. */
  readonly inputs?: PropertyMap;
}

/** The resource exists, but did not become ready: its state is kept and the update fails. */
export class InitializationError extends Error {
  override readonly name = "InitializationError";
  readonly partial: PartialResource;

  /** One line each, shown to the user. */
  readonly reasons: readonly string[];

  constructor(partial: PartialResource, reasons: readonly string[]) {
    super(reasons.join("; "));
    this.partial = partial;
    this.reasons = reasons;
  }
}
