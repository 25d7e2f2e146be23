import { exitCodes } from "../../context/errors.ts";
import { openSession } from "../../stack/stack-session.ts";
import { setIncident } from "../../incident/set-incident.ts";
import type { Context } from "../../context/context.ts";
import type { DeployRequest } from "../requests.ts";

interface EnterRequest extends DeployRequest {
  readonly state: string;
}

/** Sets the flag to a state, and deploys. */
export async function runIncidentEnter(
  { state, diff, ...wanted }: EnterRequest,
  context: Context,
): Promise<number> {
  const session = await openSession(wanted, context);
  await setIncident(session, state, diff);
  return exitCodes.ok;
}
