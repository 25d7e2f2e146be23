import { existsSync } from "node:fs";
import { join } from "node:path";

/** Recordings that Datadog publishes of its own: they are read where they lie, never copied. */
const data = join(import.meta.dirname, "..", "..", "..", "shared", "conformance", "data");

/** The folder of one kind of recordings; `undefined` where this machine does not have it. */
export function evidenceFolder(kind: "api" | "logs"): string | undefined {
  const folder = join(data, kind);
  return existsSync(folder) ? folder : undefined;
}

/** Why nothing is compared on a machine without the recordings. */
export const noEvidence =
  "not compared: the folder ../shared/conformance/data with Datadog's recordings is not there";
