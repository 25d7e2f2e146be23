import { PluginError } from "../../grpc/plugin-error.ts";
import { mapsAt, numberAt, stringAt, type KubeObject } from "../objects/kube-object.ts";

/** An answer of the API server that is not a success: its `Status` object. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  /** HTTP status. */
  readonly code: number;

  /** Machine-readable, such as `AlreadyExists`; "" when the answer had none. */
  readonly reason: string;

  /** Kind (plural) that the error is about, such as `namespaces`. */
  readonly about: string;

  /** Field and message of each cause. */
  readonly causes: readonly { readonly field: string; readonly message: string }[];

  constructor(code: number, status: KubeObject) {
    super(stringAt(status, "message") || `the API server answered ${code}`);
    this.code = numberAt(status, "code") ?? code;
    this.reason = stringAt(status, "reason");
    this.about = stringAt(status, "details", "kind");
    this.causes = mapsAt(status, "details", "causes").map((cause) => ({
      field: stringAt(cause, "field"),
      message: stringAt(cause, "message"),
    }));
  }
}

/** No answer at all: the cluster is down, or the kubeconfig points elsewhere. */
export class UnreachableError extends PluginError {}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === 404;
}

export function isConflict(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 409 && error.reason === "Conflict";
}

export function isAlreadyExists(error: unknown): boolean {
  return error instanceof ApiError && error.reason === "AlreadyExists";
}

/** Whether the object could not be made because its namespace is not there (yet). */
export function isNamespaceMissing(error: unknown): boolean {
  return isNotFound(error) && (error as ApiError).about === "namespaces";
}

/** The error's message on one line, for a line shown to the user. */
export function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replaceAll(/\s*\n\s*/g, " ").trim();
}
