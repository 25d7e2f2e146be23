import { type Duration, toSeconds } from "../../duration.ts";

/**
 * When a lease ends that began with the guard's Deployment, in whole seconds, as the guard reckons.
 *
 * @param created - `metadata.creationTimestamp` of the Deployment
 * @throws if that is no time
 */
export function leaseEnd(created: string, lasts: Duration): string {
  const end = new Date(Date.parse(created) + toSeconds(lasts) * 1000);
  return end.toISOString().replace(/\.\d+Z$/, "Z");
}
