import { exitCodes } from "../../context/errors.ts";
import { openSession } from "../../stack/stack-session.ts";
import { endInterrupted, restoreConfig } from "../../incident/run/end-interrupted.ts";
import { setIncident } from "../../incident/set-incident.ts";
import { print } from "../../context/context.ts";
import type { Context } from "../../context/context.ts";
import type { DeployRequest } from "../requests.ts";

/** Sets the flag to none, deploys, and ends the runs that were cut off. */
export async function runIncidentLeave(
  { diff, ...wanted }: DeployRequest,
  context: Context,
): Promise<number> {
  const session = await openSession(wanted, context);
  if (!wanted.dryRun) await restoreConfig(session);
  await setIncident(session, "none", diff);
  if (wanted.dryRun) return exitCodes.ok;
  // Pulumi has written the flag, and may have sorted the rest
  await restoreConfig(session);
  for (const line of await endInterrupted(session)) print(context, line);
  return exitCodes.ok;
}
