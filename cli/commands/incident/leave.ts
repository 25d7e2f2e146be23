import { defineCommand } from "../../framework/command.ts";
import { diffOption, dryRunOption, stackOption } from "../../framework/shared-options.ts";

export const incidentLeave = defineCommand({
  name: "incident leave",
  summary: "end the incident: set the flag to none and deploy",
  options: { stack: stackOption, diff: diffOption, dryRun: dryRunOption },
  details:
    "Returns when payment is ready again and no call goes through the proxy. The proxy, the load " +
    "Job and their ConfigMaps are removed.",
  examples: [["./lab incident leave", "restore the healthy shop and stop the load"]],
  run: async (given, context) =>
    (await import("../../actions/incident/leave.ts")).runIncidentLeave(given, context),
});
