import type { Violation } from "../pulumi/preview-events.ts";

/** A violation as the documents have it. */
export function violationOf({ policy, level, resource, message }: Violation) {
  return { policy, level, resource: resource === "" ? null : resource, message };
}
