import { defineCommand } from "../../framework/command.ts";
import { jsonOption, stackOption } from "../../framework/shared-options.ts";

export const incidentStatus = defineCommand({
  name: "incident status",
  summary: "compare the flag, the last update and the cluster",
  options: { stack: stackOption, json: jsonOption },
  details:
    "Exit code 1 if they disagree, for example after kubectl scale, or after the lease of an " +
    "incident has expired and the guard in the cluster has restored the healthy state.",
  examples: [["./lab incident status", "show flag, last update and Kubernetes API side by side"]],
  run: async (given, context) =>
    (await import("../../actions/incident/status.ts")).runIncidentStatus(given, context),
});
