import { defineCommand, option } from "../../framework/command.ts";
import { jsonOption, stackOption } from "../../framework/shared-options.ts";
import { UsageFailure } from "../../context/errors.ts";
import { defaultMinutes } from "../../incident/longest-incident.ts";

export const incidentOverdue = defineCommand({
  name: "incident overdue",
  summary: "check whether an incident was left on for too long",
  options: {
    stack: stackOption,
    longest: option({
      placeholder: "minutes",
      help: `allowed length of an incident (default: its lease; ${defaultMinutes} without a lease)`,
      read: readMinutes,
    }),
    file: option({
      placeholder: "path",
      help: "state to read, as `pulumi stack export` prints it (default: the stack's own state)",
      suggestions: "files",
      read: (path) => path,
    }),
    json: jsonOption,
  },
  details:
    "Reads only the stack's state, so it also works on an exported state when the cluster cannot " +
    "be reached. Exit code 1 if an incident is on for longer than allowed: its lease has expired, " +
    "the guard has restored the healthy state, and nobody has reset the flag.",
  examples: [
    ["./lab incident overdue --stack dev", "check in a nightly job"],
    ["./lab incident overdue --file state.json", "check an exported state, without any login"],
  ],
  run: async (given, context) =>
    (await import("../../actions/incident/overdue.ts")).runIncidentOverdue(given, context),
});

function readMinutes(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new UsageFailure(
    `option "--longest" needs a whole number of minutes, got "${text}"; for example 60`,
  );
}
