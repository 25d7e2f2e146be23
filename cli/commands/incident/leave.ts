import { diffOption, dryRunOption, stackOption } from "../../framework/command.ts";
import type { Command } from "../../framework/command.ts";
import { exitCodes } from "../../context/errors.ts";
import { openSession } from "../../stack/stack-session.ts";
import { setIncident } from "../../incident/set-incident.ts";

export const incidentLeave: Command = {
  name: "incident leave",
  summary: "end the incident: set the flag to none and apply it",
  words: [],
  options: [stackOption, diffOption, dryRunOption],
  details:
    "Returns when payment is ready again and no call takes a detour; the proxy, the load Job and\n" +
    "their files are removed.",
  examples: [["./lab incident leave", "the shop is healthy, the load is gone"]],
  async run(invocation, context) {
    const session = await openSession(invocation, context);
    await setIncident(session, "none", invocation.switches.has(diffOption.name));
    return exitCodes.ok;
  },
};
