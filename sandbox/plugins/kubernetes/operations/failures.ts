import { InitializationError, PluginError } from "../../grpc/plugin-error.ts";
import type { PropertyMap } from "../../grpc/property-value.ts";
import { ApiError, isAlreadyExists, isConflict, isNotFound, oneLine } from "../api/api-error.ts";
import { AwaitError } from "../await/waiting.ts";
import { idOf, stringAt, type KubeObject } from "../objects/kube-object.ts";
import { redactor } from "../objects/secrets.ts";

/** What failed on which object, for the line that the user reads. */
export interface Operation {
  readonly verb: "create" | "read" | "update" | "delete";
  readonly object: KubeObject;

  /** Inputs with their secrets marked: none of these may appear in the line. */
  readonly marked: PropertyMap;
}

/** The error to show: one line with what failed, why, and what to do. */
export function toPluginError(error: unknown, operation: Operation): Error {
  if (error instanceof PluginError || error instanceof InitializationError) return error;
  const hide = redactor(operation.marked);
  const what = `cannot ${operation.verb} ${nameFor(operation.object)}`;
  if (error instanceof ApiError || error instanceof AwaitError || isCancel(error)) {
    const reason = isCancel(error) ? "the update was cancelled" : oneLine(error);
    return new PluginError(hide(`${what}: ${reason}${remedy(error, operation)}`));
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** `Deployment sock-shop/payment` */
export function nameFor(object: KubeObject): string {
  return `${stringAt(object, "kind")} ${idOf(object)}`;
}

/** The reasons of an object that exists but is not ready. */
export function initReasons(error: AwaitError, operation: Operation): readonly string[] {
  const hide = redactor(operation.marked);
  const [summary = "", ...problems] = error.reasons;
  const done = operation.verb === "create" ? "was created" : "was updated";
  const first =
    operation.verb === "read"
      ? `${nameFor(operation.object)} is not ready: ${summary}`
      : `${nameFor(operation.object)} ${done}, but is not ready: ${summary}`;
  return [first, ...problems].map((it) => hide(it));
}

function remedy(error: unknown, { verb }: Operation): string {
  if (isConflict(error) && verb === "update") {
    return (
      ". Somebody else manages the field: undo their change, or take the field over by the " +
      'annotation "pulumi.com/patchForce": "true"'
    );
  }
  if (isAlreadyExists(error)) {
    return (
      ". Delete it, add it to the stack with `pulumi import`, or set the provider argument " +
      '"upsertExistingObjects" to take it over'
    );
  }
  if (isNotFound(error) && verb === "update") {
    return ". Somebody deleted it: run `pulumi up --refresh` to make it again";
  }
  return "";
}

/** Aborted by the engine's cancel, while sleeping or while reading. */
function isCancel(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "AbortError" || error.message === "the update was cancelled";
}
