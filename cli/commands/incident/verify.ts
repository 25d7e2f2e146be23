import { argument, defineCommand } from "../../framework/command.ts";
import { jsonOption } from "../../framework/shared-options.ts";

export const incidentVerify = defineCommand({
  name: "incident verify",
  summary: "check that a bundle of a run is whole and has no secret",
  arguments: {
    bundle: argument({
      placeholder: "bundle",
      help: "folder of a run in runs/, or its .tar.gz",
      suggestions: "files",
      read: (path) => path,
    }),
  },
  options: { json: jsonOption },
  details:
    "Compares every file with its SHA-256 in manifest.json, and looks for cards and keys. Exit code 1 " +
    "if a file was changed, added or removed, or holds a secret.",
  examples: [
    ["./lab incident verify runs/20300102T030405Z-payment-down-1f2e", "check a run's folder"],
  ],
  run: async (given, context) =>
    (await import("../../actions/incident/verify.ts")).runIncidentVerify(given, context),
});
