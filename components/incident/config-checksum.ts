import { createHash } from "node:crypto";

/** A short mark of a text: in a pod template it makes other pods when the text changes. */
export function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
