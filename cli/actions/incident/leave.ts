import { exitCodes } from "../../context/errors.ts";
import { openSession } from "../../stack/stack-session.ts";
import { setIncident } from "../../incident/set-incident.ts";
import type { Context } from "../../context/context.ts";
import type { DeployRequest } from "../requests.ts";

/** Sets the flag to none, and deploys. */
export async function runIncidentLeave(
  { diff, ...wanted }: DeployRequest,
  context: Context,
): Promise<number> {
  const session = await openSession(wanted, context);
  await setIncident(session, "none", diff);
  return exitCodes.ok;
}
